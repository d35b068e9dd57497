-- Marten's own optional index on the event type (its option EnableEventTypeIndex), under Marten's name: events of one kind are read in order without a scan.
create index idx_mt_events_event_type_seq_id on public.mt_events using btree (type, seq_id);
