-- Takes deliveries with their events and decides the fate of each, under the append lock, in one call.
-- Everything is looked up in three statements, decided in memory in the order given, and written in four; a refusal touches only its own delivery.
-- Fates: 0 accepted, 1 duplicate, 2 quarantined, 3 conflict, as in the enum Fate.

create function practice.append(
    p_senders text[], p_formats text[], p_keys text[], p_bodies bytea[], p_received timestamptz[], p_refusals text[], p_replays bigint[],
    p_counts int[], p_kept boolean[],
    e_ids uuid[], e_streams text[], e_types text[], e_dotnet_types text[], e_data jsonb[], e_sources text[], e_event_ids text[], e_hashes bytea[],
    e_received timestamptz[], e_expected bigint[], e_correlations text[], e_causations text[], e_users text[], e_headers jsonb[],
    out fates smallint[], out inbox_ids bigint[], out reasons text[], out event_fates smallint[], out positions bigint[], out versions bigint[])
language plpgsql as $$
declare
    n            int := coalesce(array_length(p_senders, 1), 0);
    m            int := coalesce(array_length(e_ids, 1), 0);
    key_no       int[];     -- per event: its key's number
    stream_no    int[];     -- per event: its stream's number
    key_hash     bytea[];   -- per key: hash of the stored body, null while there is none
    key_seq      bigint[];
    key_version  bigint[];
    key_inbox    bigint[];
    streams      text[];    -- per stream
    standing     bigint[];
    archived     boolean[];
    touched      boolean[];
    firsts       int[] := '{}';
    repeated     bigint[] := '{}';
    repeated_at  timestamptz[] := '{}';
    first        int;
    last         int := 0;
    added        int;
    k            int;
    s            int;
    reason       text;
    conflicted   boolean;
    row_id       bigint;
    newest       bigint;
begin
    if current_setting('transaction_isolation') <> 'read committed' then
        raise exception 'events are appended at read committed, so that what the lock waited for can be seen' using errcode = '25001';
    end if;
    perform pg_advisory_xact_lock(practice.append_lock());

    fates := array_fill(0::smallint, array[n]);
    inbox_ids := array_fill(0::bigint, array[n]);
    reasons := array_fill(null::text, array[n]);
    event_fates := array_fill(2::smallint, array[m]);
    positions := array_fill(0::bigint, array[m]);
    versions := array_fill(0::bigint, array[m]);

    select array_agg(t.key_no order by t.ord), array_agg(t.stream_no order by t.ord) into key_no, stream_no
    from (
        select u.ord,
               dense_rank() over (order by u.source collate "C", u.event_id collate "C") as key_no,
               dense_rank() over (order by u.stream collate "C") as stream_no
        from unnest(e_sources, e_event_ids, e_streams) with ordinality as u (source, event_id, stream, ord)
    ) t;

    select array_agg(x.body_hash order by t.key_no), array_agg(x.seq_id order by t.key_no),
           array_agg(x.version order by t.key_no), array_agg(x.inbox_id order by t.key_no)
    into key_hash, key_seq, key_version, key_inbox
    from (select distinct on (u.key_no) u.key_no, u.source, u.event_id from unnest(key_no, e_sources, e_event_ids) as u (key_no, source, event_id)) t
    left join practice.event_keys x on x.source = t.source and x.event_id = t.event_id;

    select array_agg(t.stream order by t.stream_no), array_agg(coalesce(x.version, 0) order by t.stream_no),
           array_agg(coalesce(x.is_archived, false) order by t.stream_no), array_agg(false order by t.stream_no)
    into streams, standing, archived, touched
    from (select distinct on (u.stream_no) u.stream_no, u.stream from unnest(stream_no, e_streams) as u (stream_no, stream)) t
    left join public.mt_streams x on x.id = t.stream;

    for d in 1 .. n loop
        first := last + 1;
        last := last + p_counts[d];
        firsts[d] := first;
        reason := p_refusals[d];
        conflicted := false;
        added := 0;

        if reason is null then
            for i in first .. last loop
                k := key_no[i];
                s := stream_no[i];
                if key_hash[k] is not null then
                    if key_hash[k] <> e_hashes[i] then
                        reason := format('Event id %s from %s was received before with a different body', e_event_ids[i], e_sources[i]);
                        exit;
                    end if;
                    event_fates[i] := 1;
                elsif archived[s] then
                    reason := format('Stream %s is archived', e_streams[i]);
                    exit;
                elsif e_expected[i] <> standing[s] then
                    event_fates[i] := 3;
                    conflicted := true;
                else
                    event_fates[i] := 0;
                    key_hash[k] := e_hashes[i];
                    standing[s] := standing[s] + 1;
                    versions[i] := standing[s];
                    added := added + 1;
                end if;
            end loop;
        end if;

        if reason is not null or conflicted then
            for i in first .. last loop
                if event_fates[i] = 0 then
                    key_hash[key_no[i]] := null;
                    standing[stream_no[i]] := standing[stream_no[i]] - 1;
                end if;
            end loop;
            for i in first .. last loop
                k := key_no[i];
                if reason is not null then
                    event_fates[i] := 2;
                    versions[i] := 0;
                elsif event_fates[i] = 1 and key_hash[k] is not null then
                    positions[i] := key_seq[k];
                    versions[i] := key_version[k];
                else
                    event_fates[i] := 3;
                    versions[i] := standing[stream_no[i]];
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
                row_id := nextval(pg_get_serial_sequence('practice.inbox', 'id'));
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
                    touched[stream_no[i]] := true;
                end if;
                positions[i] := key_seq[k];
                versions[i] := key_version[k];
            end loop;
        end if;
    end loop;

    if newest is not null then
        insert into public.mt_streams (id, version)
        select t.id, t.version from unnest(streams, standing, touched) as t (id, version, touched) where t.touched
        on conflict on constraint pkey_mt_streams_id do update set version = excluded.version, timestamp = now();

        insert into public.mt_events
            (seq_id, id, stream_id, version, data, type, timestamp, tenant_id, mt_dotnet_type,
             correlation_id, causation_id, headers, user_name, is_archived)
        select t.position, t.id, t.stream, t.version, t.data, t.type, t.received, '*DEFAULT*', t.dotnet_type,
               t.correlation, t.causation, t.headers, t.user_name, false
        from unnest(event_fates, positions, versions, e_ids, e_streams, e_types, e_dotnet_types, e_data, e_received,
                    e_correlations, e_causations, e_headers, e_users)
            as t (fate, position, version, id, stream, type, dotnet_type, data, received, correlation, causation, headers, user_name)
        where t.fate = 0
        order by t.position;

        insert into practice.event_keys (source, event_id, body_hash, seq_id, version, stream, inbox_id)
        select t.source, t.event_id, t.hash, t.position, t.version, t.stream, key_inbox[t.key_no]
        from unnest(event_fates, positions, versions, e_sources, e_event_ids, e_hashes, e_streams, key_no)
            as t (fate, position, version, source, event_id, hash, stream, key_no)
        where t.fate = 0;

        perform pg_notify('practice_events', newest::text);
    end if;

    insert into practice.inbox (id, sender, format, key, body, body_hash, received_at, status, positions, replays)
    select t.id, t.sender, t.format, t.key, t.body, sha256(t.body), t.received, 'accepted', positions[t.first : t.first + t.count - 1], t.replays
    from unnest(fates, p_kept, inbox_ids, p_senders, p_formats, p_keys, p_bodies, p_received, firsts, p_counts, p_replays)
        as t (fate, kept, id, sender, format, key, body, received, first, count, replays)
    where t.fate = 0 and t.kept and t.count > 0;

    update practice.inbox x set repeats = x.repeats + r.times, last_repeated_at = r.latest
    from (select u.id, count(*)::int as times, max(u.at) as latest from unnest(repeated, repeated_at) as u (id, at) group by u.id) r
    where x.id = r.id;

    update practice.inbox x set status = 'replayed', settled_at = r.received
    from unnest(fates, p_replays, p_received) as r (fate, id, received)
    where x.id = r.id and r.fate in (0, 1) and x.status = 'quarantined';
end
$$;
