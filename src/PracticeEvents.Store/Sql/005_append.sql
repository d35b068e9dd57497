-- Appending in a handful of set-based statements. What is not plain (an id that is known or repeated, a refusal, a repair, a passed version,
-- an archived stream) is decided delivery by delivery, with the same outcome.
--
-- The permanent key of an event is its id alone, which is worked out from (source, event id), under Marten's own optional unique index
-- (its option EnableUniqueIndexOnEventId). Whether a known id says the same is told by its stream, type and body as stored.

create unique index idx_mt_events_event_id on public.mt_events (id);

-- The first event that an inbox row added: the row of any event is the last one that begins at or before it.
alter table practice.inbox add column first_position bigint null;
-- Only what is looked up by its body has a hash: rows without events.
alter table practice.inbox alter column body_hash drop not null;

update practice.inbox x set first_position = k.first_position, body_hash = null
from (select inbox_id, min(seq_id) as first_position from practice.event_keys where inbox_id is not null group by inbox_id) k
where x.id = k.inbox_id;

create index inbox_first_position on practice.inbox (first_position) where first_position is not null;
drop index practice.inbox_body;
create index inbox_body on practice.inbox (body_hash) where body_hash is not null;

drop function practice.append;
drop table practice.event_keys;

-- Decides delivery by delivery, in memory, in the order given, and writes what was accepted; the caller holds the append lock.
-- Fates: 0 accepted, 1 duplicate, 2 quarantined, 3 conflict, as in the enum Fate. A refusal touches only its own delivery.
create function practice.append_each(
    p_senders text[], p_formats text[], p_keys text[], p_bodies bytea[], p_received timestamptz[], p_refusals text[], p_replays bigint[],
    p_firsts int[], p_counts int[], p_kept boolean[], s_names text[],
    e_ids uuid[], e_streams int[], e_types text[], e_dotnet_types text[], e_data jsonb[], e_received timestamptz[], e_expected bigint[],
    e_correlations text[], e_causations text[], e_users text[], e_headers jsonb[],
    out fates smallint[], out inbox_ids bigint[], out reasons text[], out event_fates smallint[], out positions bigint[], out versions bigint[])
language plpgsql as $$
declare
    n            int := coalesce(array_length(p_senders, 1), 0);
    m            int := coalesce(array_length(e_ids, 1), 0);
    -- Copies of arrays that are read one by one: a variable is unpacked once, a parameter at each look.
    refusals     text[] := p_refusals;
    data         jsonb[] := e_data;
    expected     bigint[] := e_expected;
    key_no       int[];     -- per event: its key's number
    known_seq    bigint[];  -- per event: what is stored under its id
    known_ver    bigint[];
    known_inbox  bigint[];
    known_same   boolean[];
    key_state    int[];     -- per key: 0 free, -1 stored before, otherwise the event of this call that has taken it
    key_seq      bigint[];
    key_version  bigint[];
    key_inbox    bigint[];
    standing     bigint[];  -- per stream
    archived     boolean[];
    touched      boolean[];
    added_from   bigint[];
    repeated     bigint[] := '{}';
    repeated_at  timestamptz[] := '{}';
    first        int;
    last         int;
    added        int;
    k            int;
    s            int;
    other        int;
    reason       text;
    conflicted   boolean;
    row_id       bigint;
    newest       bigint;
    times        int;
    latest       timestamptz;
begin
    fates := array_fill(0::smallint, array[n]);
    inbox_ids := array_fill(0::bigint, array[n]);
    reasons := array_fill(null::text, array[n]);
    added_from := array_fill(null::bigint, array[n]);
    event_fates := array_fill(2::smallint, array[m]);
    positions := array_fill(0::bigint, array[m]);
    versions := array_fill(0::bigint, array[m]);

    select array_agg(t.key_no order by t.ord), array_agg(x.seq_id order by t.ord), array_agg(x.version order by t.ord),
           array_agg(x.stream_id = t.stream and x.type = t.type and x.data = t.data order by t.ord),
           array_agg(case when x.seq_id = any(i.positions) then i.id end order by t.ord)
    into key_no, known_seq, known_ver, known_same, known_inbox
    from (
        select u.ord, u.id, s_names[u.stream_no] as stream, u.type, u.data, dense_rank() over (order by u.id)::int as key_no
        from unnest(e_ids, e_streams, e_types, e_data) with ordinality as u (id, stream_no, type, data, ord)
    ) t
    left join lateral (select e.* from public.mt_events e where e.id = t.id limit 1) x on true
    left join lateral (
        select b.id, b.positions from practice.inbox b where b.first_position <= x.seq_id order by b.first_position desc limit 1
    ) i on true;

    for i in 1 .. m loop
        k := key_no[i];
        key_state[k] := case when known_seq[i] is null then 0 else -1 end;
        key_seq[k] := known_seq[i];
        key_version[k] := known_ver[i];
        key_inbox[k] := known_inbox[i];
    end loop;

    select array_agg(coalesce(x.version, 0) order by t.ord), array_agg(coalesce(x.is_archived, false) order by t.ord), array_agg(false order by t.ord)
    into standing, archived, touched
    from unnest(s_names) with ordinality as t (name, ord)
    left join lateral (select s.version, s.is_archived from public.mt_streams s where s.id = t.name limit 1) x on true;

    for d in 1 .. n loop
        first := p_firsts[d];
        last := first + p_counts[d] - 1;
        reason := refusals[d];
        conflicted := false;
        added := 0;

        if reason is null then
            for i in first .. last loop
                k := key_no[i];
                s := e_streams[i];
                other := key_state[k];
                if other <> 0 then
                    -- In brackets, because plpgsql would take the inner "then" for its own.
                    if not (case when other < 0 then known_same[i]
                                 else s = e_streams[other] and e_types[i] = e_types[other] and data[i] = data[other] end) then
                        reason := format('Event id %s from %s was received before with a different body', e_headers[i] ->> 'id', e_headers[i] ->> 'source');
                        exit;
                    end if;
                    event_fates[i] := 1;
                elsif archived[s] then
                    reason := format('Stream %s is archived', s_names[s]);
                    exit;
                elsif expected[i] <> standing[s] then
                    event_fates[i] := 3;
                    conflicted := true;
                else
                    event_fates[i] := 0;
                    key_state[k] := i;
                    standing[s] := standing[s] + 1;
                    versions[i] := standing[s];
                    added := added + 1;
                end if;
            end loop;
        end if;

        if reason is not null or conflicted then
            for i in first .. last loop
                if event_fates[i] = 0 then
                    key_state[key_no[i]] := 0;
                    standing[e_streams[i]] := standing[e_streams[i]] - 1;
                end if;
            end loop;
            for i in first .. last loop
                k := key_no[i];
                if reason is not null then
                    event_fates[i] := 2;
                    versions[i] := 0;
                elsif event_fates[i] = 1 and key_state[k] <> 0 then
                    positions[i] := key_seq[k];
                    versions[i] := key_version[k];
                else
                    event_fates[i] := 3;
                    versions[i] := standing[e_streams[i]];
                end if;
            end loop;
        end if;

        if reason is not null then
            fates[d] := 2;
            reasons[d] := reason;
            if p_kept[d] then
                -- Sent again while the first still waits, or a repair that did not help: the row that waits is the one to show.
                select x.id into row_id from practice.inbox x where x.id = p_replays[d];
                if row_id is null then
                    select x.id into row_id from practice.inbox x
                    where x.body_hash = sha256(p_bodies[d]) and x.sender = p_senders[d] and x.format = p_formats[d]
                      and x.key is not distinct from p_keys[d] and x.status = 'quarantined'
                    order by x.id limit 1;
                    if row_id is not null then
                        repeated := repeated || row_id;
                        repeated_at := repeated_at || p_received[d];
                    end if;
                end if;
                if row_id is null then
                    insert into practice.inbox (sender, format, key, body, body_hash, received_at, status, reason)
                    values (p_senders[d], p_formats[d], p_keys[d], p_bodies[d], sha256(p_bodies[d]), p_received[d], 'quarantined', reason)
                    returning id into row_id;
                end if;
                inbox_ids[d] := row_id;
            end if;
        elsif conflicted then
            fates[d] := 3;
        else
            row_id := null;
            if added = 0 and last >= first then
                row_id := coalesce(key_inbox[key_no[first]], 0);
            elsif last < first and p_kept[d] then
                select x.id into row_id from practice.inbox x
                where x.body_hash = sha256(p_bodies[d]) and x.sender = p_senders[d] and x.format = p_formats[d]
                  and x.key is not distinct from p_keys[d] and x.status = 'accepted'
                order by x.id limit 1;
            end if;

            if row_id is not null then
                fates[d] := 1;
                if p_kept[d] and row_id <> 0 then
                    repeated := repeated || row_id;
                    repeated_at := repeated_at || p_received[d];
                end if;
            elsif p_kept[d] then
                -- Said here as well, because the role that appends may not have foreign keys checked (see practice.append).
                if p_replays[d] is not null and not exists (select from practice.inbox x where x.id = p_replays[d]) then
                    raise exception 'there is no inbox row % to replay', p_replays[d] using errcode = 'foreign_key_violation';
                end if;
                row_id := nextval('practice.inbox_id_seq');
                if last < first then
                    -- Nothing in it to find it by again: written at once, so that its twin in this batch is seen.
                    insert into practice.inbox (id, sender, format, key, body, body_hash, received_at, status, replays)
                    values (row_id, p_senders[d], p_formats[d], p_keys[d], p_bodies[d], sha256(p_bodies[d]), p_received[d], 'accepted', p_replays[d]);
                end if;
            end if;
            inbox_ids[d] := coalesce(row_id, 0);

            for i in first .. last loop
                k := key_no[i];
                if event_fates[i] = 0 then
                    key_seq[k] := nextval('public.mt_events_sequence');
                    key_version[k] := versions[i];
                    key_inbox[k] := row_id;
                    newest := key_seq[k];
                    added_from[d] := coalesce(added_from[d], newest);
                    touched[e_streams[i]] := true;
                end if;
                positions[i] := key_seq[k];
                versions[i] := key_version[k];
            end loop;
        end if;
    end loop;

    if newest is not null then
        insert into public.mt_streams (id, version)
        select t.id, t.version from unnest(s_names, standing, touched) as t (id, version, touched) where t.touched
        on conflict on constraint pkey_mt_streams_id do update set version = excluded.version, timestamp = now();

        insert into public.mt_events
            (seq_id, id, stream_id, version, data, type, timestamp, tenant_id, mt_dotnet_type,
             correlation_id, causation_id, headers, user_name, is_archived)
        select t.position, t.id, s_names[t.stream_no], t.version, t.data, t.type, t.received, '*DEFAULT*', t.dotnet_type,
               t.correlation, t.causation, t.headers, t.user_name, false
        from unnest(event_fates, positions, versions, e_ids, e_streams, e_types, e_dotnet_types, e_data, e_received,
                    e_correlations, e_causations, e_headers, e_users)
            as t (fate, position, version, id, stream_no, type, dotnet_type, data, received, correlation, causation, headers, user_name)
        where t.fate = 0
        order by t.position;

        perform pg_notify('practice_events', newest::text);
    end if;

    insert into practice.inbox (id, sender, format, key, body, received_at, status, positions, first_position, replays)
    select t.id, t.sender, t.format, t.key, t.body, t.received, 'accepted', positions[t.first : t.first + t.count - 1], t.added_from, t.replays
    from unnest(fates, p_kept, inbox_ids, p_senders, p_formats, p_keys, p_bodies, p_received, p_firsts, p_counts, added_from, p_replays)
        as t (fate, kept, id, sender, format, key, body, received, first, count, added_from, replays)
    where t.fate = 0 and t.kept and t.count > 0;

    -- Row by row, so that each is found by its key whatever plan is kept.
    for row_id, times, latest in
        select u.id, count(*), max(u.at) from unnest(repeated, repeated_at) as u (id, at) group by u.id
    loop
        update practice.inbox x set repeats = x.repeats + times, last_repeated_at = latest where x.id = row_id;
    end loop;

    for row_id, latest in
        select r.id, r.received from unnest(fates, p_replays, p_received) as r (fate, id, received) where r.id is not null and r.fate in (0, 1)
    loop
        update practice.inbox x set status = 'replayed', settled_at = latest where x.id = row_id and x.status = 'quarantined';
    end loop;
end
$$;

-- The plain part of appending: makes room for events of which each is new and none is refused. Draws their positions and the ids of the
-- inbox rows, and moves the streams on. Answers nothing, and changes nothing, when something stored stands against that (a known id, an
-- archived stream, a version that has passed). Called under the append lock; the caller writes the rows.
create function practice.make_room(
    s_names text[], s_counts int[], s_expected bigint[], e_ids uuid[], p_kept boolean[],
    out standing bigint[], out positions bigint[], out inbox_ids bigint[])
language plpgsql as $$
begin
    select array_agg(coalesce(x.version, 0) order by t.ord)
    into standing
    from unnest(s_names, s_expected) with ordinality as t (name, expected, ord)
    left join lateral (select s.version, s.is_archived from public.mt_streams s where s.id = t.name limit 1) x on true
    having bool_and(not coalesce(x.is_archived, false) and coalesce(t.expected = coalesce(x.version, 0), true));

    if standing is null or exists (select from public.mt_events x where x.id = any(e_ids)) then
        standing := null;
        return;
    end if;

    insert into public.mt_streams (id, version)
    select t.name, t.stood + t.count from unnest(s_names, standing, s_counts) as t (name, stood, count)
    on conflict on constraint pkey_mt_streams_id do update set version = excluded.version, timestamp = now();

    select array_agg(nextval('public.mt_events_sequence')) into positions from generate_subscripts(e_ids, 1);
    if true = any(p_kept) then
        select array_agg(case when t.kept then nextval('practice.inbox_id_seq') else 0 end) into inbox_ids from unnest(p_kept) as t (kept);
    end if;
end
$$;

-- Takes the append lock and tells how long that took, in seconds.
create function practice.await_append_lock() returns float8
language plpgsql as $$
declare
    asked timestamptz := clock_timestamp();
begin
    if current_setting('transaction_isolation') <> 'read committed' then
        raise exception 'events are appended at read committed, so that what the lock waited for can be seen' using errcode = '25001';
    end if;
    perform pg_advisory_xact_lock(practice.append_lock());
    return extract(epoch from clock_timestamp() - asked);
end
$$;

-- Begins a bulk load of plain deliveries: as make_room, with the lock. The caller copies the rows in and commits, or, when nothing is
-- answered, rolls back and appends them in the ordinary way.
create function practice.begin_load(
    s_names text[], s_counts int[], s_expected bigint[], e_ids uuid[], p_kept boolean[],
    out waited float8, out standing bigint[], out positions bigint[], out inbox_ids bigint[])
language plpgsql
set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
begin
    waited := practice.await_append_lock();
    select r.* into standing, positions, inbox_ids from practice.make_room(s_names, s_counts, s_expected, e_ids, p_kept) r;
    if positions is not null then
        perform pg_notify('practice_events', positions[array_upper(positions, 1)]::text);
    end if;
end
$$;

-- Takes deliveries with their events in one call and decides the fate of each under the append lock.
-- The caller says whether a call looks plain: every delivery has events and neither refusal nor repair, and no id comes twice. It also numbers
-- the streams (s_names, with how many events each gets and the version that it must stand at, if any) and the events within each.
-- A plain call answers with the positions and where the streams stood; any other with the fate of everything.
--
-- Which plans are good does not depend on how full the tables are, so they are made once, and made so that they hold for full tables also
-- when they are made while a table is still empty: no scans, and each look-up by its index (`limit 1` keeps a lateral from becoming a join).
create function practice.append(
    p_plain boolean,
    p_senders text[], p_formats text[], p_keys text[], p_bodies bytea[], p_received timestamptz[], p_refusals text[], p_replays bigint[],
    p_firsts int[], p_counts int[], p_kept boolean[],
    s_names text[], s_counts int[], s_expected bigint[],
    e_ids uuid[], e_streams int[], e_places int[], e_types text[], e_dotnet_types text[], e_data jsonb[], e_received timestamptz[],
    e_expected bigint[], e_correlations text[], e_causations text[], e_users text[], e_headers jsonb[],
    out waited float8, out standing bigint[],
    out fates smallint[], out inbox_ids bigint[], out reasons text[], out event_fates smallint[], out positions bigint[], out versions bigint[])
language plpgsql
set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare
    -- A variable is unpacked once, a parameter at each look.
    names text[] := s_names;
begin
    waited := practice.await_append_lock();
    if p_plain then
        select r.* into standing, positions, inbox_ids from practice.make_room(s_names, s_counts, s_expected, e_ids, p_kept) r;
    end if;

    if standing is null then
        select r.* into fates, inbox_ids, reasons, event_fates, positions, versions
        from practice.append_each(
            p_senders, p_formats, p_keys, p_bodies, p_received, p_refusals, p_replays, p_firsts, p_counts, p_kept, s_names,
            e_ids, e_streams, e_types, e_dotnet_types, e_data, e_received, e_expected, e_correlations, e_causations, e_users, e_headers) r;
        return;
    end if;

    insert into public.mt_events
        (seq_id, id, stream_id, version, data, type, timestamp, tenant_id, mt_dotnet_type,
         correlation_id, causation_id, headers, user_name, is_archived)
    select t.position, t.id, names[t.stream_no], standing[t.stream_no] + t.place, t.data, t.type, t.received, '*DEFAULT*', t.dotnet_type,
           t.correlation, t.causation, t.headers, t.user_name, false
    from unnest(positions, e_ids, e_streams, e_places, e_types, e_dotnet_types, e_data, e_received, e_correlations, e_causations, e_headers, e_users)
        as t (position, id, stream_no, place, type, dotnet_type, data, received, correlation, causation, headers, user_name);

    if inbox_ids is not null then
        insert into practice.inbox (id, sender, format, key, body, received_at, status, positions, first_position)
        select t.id, t.sender, t.format, t.key, t.body, t.received, 'accepted',
               case when t.count = 1 then array[positions[t.first]] else positions[t.first : t.first + t.count - 1] end, positions[t.first]
        from unnest(inbox_ids, p_senders, p_formats, p_keys, p_bodies, p_received, p_firsts, p_counts)
            as t (id, sender, format, key, body, received, first, count)
        where t.id <> 0;
    end if;

    perform pg_notify('practice_events', positions[array_upper(positions, 1)]::text);
end
$$;
