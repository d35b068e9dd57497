-- A stream's row is written anew with every event. Where its page is full of others, each write first clears the page of old versions of all of
-- them: an eighth of what an append cost more when 100,000 streams were stored than when 1,000 were. Pages that are half empty are cleared
-- once for many writes. Marten takes no notice of how full pages are.
alter table public.mt_streams set (fillfactor = 50);
