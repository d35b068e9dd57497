-- Written by `make docs` with pg_dump of PostgreSQL 15: the whole schema of a fresh database.

CREATE SCHEMA practice;

CREATE SCHEMA public;

COMMENT ON SCHEMA public IS 'standard public schema';

CREATE FUNCTION practice.append(p_plain boolean, p_senders text[], p_formats text[], p_keys text[], p_bodies bytea[], p_received timestamp with time zone[], p_refusals text[], p_replays bigint[], p_firsts integer[], p_counts integer[], p_kept boolean[], s_names text[], s_counts integer[], s_expected bigint[], e_ids uuid[], e_streams integer[], e_places integer[], e_types text[], e_dotnet_types text[], e_data jsonb[], e_received timestamp with time zone[], e_expected bigint[], e_correlations text[], e_causations text[], e_users text[], e_headers jsonb[], OUT waited double precision, OUT standing bigint[], OUT fates smallint[], OUT inbox_ids bigint[], OUT reasons text[], OUT event_fates smallint[], OUT positions bigint[], OUT versions bigint[]) RETURNS record
    LANGUAGE plpgsql
    SET plan_cache_mode TO 'force_generic_plan'
    SET enable_seqscan TO 'off'
    SET enable_hashjoin TO 'off'
    SET enable_mergejoin TO 'off'
    AS $$
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

CREATE FUNCTION practice.append_each(p_senders text[], p_formats text[], p_keys text[], p_bodies bytea[], p_received timestamp with time zone[], p_refusals text[], p_replays bigint[], p_firsts integer[], p_counts integer[], p_kept boolean[], s_names text[], e_ids uuid[], e_streams integer[], e_types text[], e_dotnet_types text[], e_data jsonb[], e_received timestamp with time zone[], e_expected bigint[], e_correlations text[], e_causations text[], e_users text[], e_headers jsonb[], OUT fates smallint[], OUT inbox_ids bigint[], OUT reasons text[], OUT event_fates smallint[], OUT positions bigint[], OUT versions bigint[]) RETURNS record
    LANGUAGE plpgsql
    AS $$
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

CREATE FUNCTION practice.append_lock() RETURNS bigint
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$ select 5074203110981 $$;

CREATE FUNCTION practice.await_append_lock() RETURNS double precision
    LANGUAGE plpgsql
    AS $$
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

CREATE FUNCTION practice.begin_load(s_names text[], s_counts integer[], s_expected bigint[], e_ids uuid[], p_kept boolean[], OUT waited double precision, OUT standing bigint[], OUT positions bigint[], OUT inbox_ids bigint[]) RETURNS record
    LANGUAGE plpgsql
    SET plan_cache_mode TO 'force_generic_plan'
    SET enable_seqscan TO 'off'
    SET enable_hashjoin TO 'off'
    SET enable_mergejoin TO 'off'
    AS $$
begin
    waited := practice.await_append_lock();
    select r.* into standing, positions, inbox_ids from practice.make_room(s_names, s_counts, s_expected, e_ids, p_kept) r;
    if positions is not null then
        perform pg_notify('practice_events', positions[array_upper(positions, 1)]::text);
    end if;
end
$$;

CREATE FUNCTION practice.leave_leases(p_node text) RETURNS void
    LANGUAGE plpgsql
    AS $$
begin
    perform pg_advisory_xact_lock(5074203110985);
    update practice.leases l set holder = '', epoch = l.epoch + 1 where l.holder = p_node;
    delete from practice.nodes n where n.node = p_node;
    perform pg_notify('practice_events', '');
end
$$;

CREATE FUNCTION practice.make_room(s_names text[], s_counts integer[], s_expected bigint[], e_ids uuid[], p_kept boolean[], OUT standing bigint[], OUT positions bigint[], OUT inbox_ids bigint[]) RETURNS record
    LANGUAGE plpgsql
    AS $$
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

CREATE FUNCTION practice.partition_of(owner text) RETURNS smallint
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$
    select (get_byte(sha256(convert_to(owner, 'UTF8')), 0) & 15)::smallint
$$;

CREATE FUNCTION practice.share_leases(p_node text, p_names text[], p_ttl interval, p_now timestamp with time zone, p_alone boolean, p_silence interval, OUT names text[], OUT epochs bigint[], OUT nodes integer) RETURNS record
    LANGUAGE plpgsql
    AS $$
declare
    fair    int;
    held    int;
    joined  boolean;
    last    timestamptz;
begin
    perform pg_advisory_xact_lock(5074203110985);

    -- A node that has been silent for too long is cut off: a transaction that it left open would hold everybody up.
    perform pg_terminate_backend(a.pid) from practice.nodes n join pg_stat_activity a on a.application_name = 'practice/' || n.node
    where n.expires_at <= clock_timestamp() and n.node <> p_node and a.pid <> pg_backend_pid();
    delete from practice.nodes n where n.expires_at <= clock_timestamp() and n.node <> p_node;

    select count(*) into nodes from practice.nodes n where n.node <> p_node;
    if p_alone and nodes > 0 then
        names := '{}';
        epochs := '{}';
        return;
    end if;

    update practice.nodes n set expires_at = clock_timestamp() + p_ttl where n.node = p_node and n.expires_at > clock_timestamp();
    joined := not found;
    if joined then
        insert into practice.nodes (node, expires_at) values (p_node, clock_timestamp() + p_ttl)
        on conflict on constraint nodes_pkey do update set expires_at = excluded.expires_at;
        insert into practice.leases (name, holder, epoch) select l, '', 0 from unnest(p_names) as l on conflict on constraint leases_pkey do nothing;
    end if;

    select p.at into last from practice.pulse p;
    if joined and nodes = 0 and p_now - last > p_silence then
        insert into practice.silences (began, ended) values (last, p_now)
        on conflict on constraint silences_pkey do update set ended = greatest(silences.ended, excluded.ended);
    end if;
    insert into practice.pulse as p (at) values (p_now) on conflict on constraint pulse_pkey do update set at = greatest(p.at, excluded.at);

    nodes := nodes + 1;
    fair := ceil(cardinality(p_names)::numeric / nodes);
    select count(*) into held from practice.leases l where l.holder = p_node and l.name = any(p_names);

    if held > fair then
        update practice.leases l set holder = '', epoch = l.epoch + 1
        from (select x.name from practice.leases x where x.holder = p_node and x.name = any(p_names) order by x.name desc limit held - fair for update skip locked) extra
        where l.name = extra.name;
    elsif held < fair then
        update practice.leases l set holder = p_node, epoch = l.epoch + 1
        from (select x.name from practice.leases x
              where x.name = any(p_names) and x.holder <> p_node and not exists (select from practice.nodes n where n.node = x.holder)
              order by x.name limit fair - held for update skip locked) free
        where l.name = free.name;
    end if;

    select coalesce(array_agg(l.name order by l.name), '{}'), coalesce(array_agg(l.epoch order by l.name), '{}') into names, epochs
    from practice.leases l where l.holder = p_node and l.name = any(p_names);
end
$$;

CREATE FUNCTION practice.take_append_lock() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    perform pg_advisory_xact_lock(practice.append_lock());
    return null;
end
$$;

CREATE FUNCTION public.mt_archive_stream(streamid character varying) RETURNS void
    LANGUAGE plpgsql
    AS $$
begin
    update public.mt_streams set is_archived = true where id = streamid;
    update public.mt_events set is_archived = true where stream_id = streamid;
end
$$;

CREATE FUNCTION public.mt_mark_event_progression(name character varying, last_encountered bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$
begin
    insert into public.mt_event_progression as p (name, last_seq_id, last_updated)
    values (mt_mark_event_progression.name, last_encountered, transaction_timestamp())
    on conflict on constraint pk_mt_event_progression
    do update set last_seq_id = excluded.last_seq_id, last_updated = excluded.last_updated;
end
$$;

CREATE FUNCTION public.mt_mark_progression_with_skip(shard_name character varying, ending_sequence bigint, starting_sequence bigint) RETURNS bigint
    LANGUAGE plpgsql
    AS $$
declare
    mark bigint;
begin
    insert into public.mt_event_progression as p (name, last_seq_id, last_updated)
    values (shard_name, mt_mark_progression_with_skip.ending_sequence, transaction_timestamp())
    on conflict on constraint pk_mt_event_progression
    do update set last_seq_id = excluded.last_seq_id, last_updated = excluded.last_updated
    where p.last_seq_id = mt_mark_progression_with_skip.starting_sequence
    returning p.last_seq_id into mark;

    if mark is null then
        select p.last_seq_id into mark from public.mt_event_progression p where p.name = shard_name;
        return mark;
    end if;

    insert into public.mt_high_water_skips (ending_sequence, starting_sequence)
    values (mt_mark_progression_with_skip.ending_sequence, mt_mark_progression_with_skip.starting_sequence)
    on conflict on constraint pkey_mt_high_water_skips_ending_sequence do nothing;
    return mark;
end
$$;

CREATE FUNCTION public.mt_quick_append_events(stream character varying, stream_type character varying, tenantid character varying, event_ids uuid[], event_types character varying[], dotnet_types character varying[], bodies jsonb[], bdatas bytea[], causation_ids character varying[], correlation_ids character varying[], headers jsonb[], user_names character varying[], timestamps timestamp with time zone[], expected_version bigint DEFAULT NULL::bigint) RETURNS bigint[]
    LANGUAGE plpgsql
    AS $$
declare
    at        bigint;
    archived  boolean;
    tenant    varchar;
    seq       bigint;
    answer    bigint[] := array[0];
begin
    perform pg_advisory_xact_lock(practice.append_lock());

    select s.version, s.is_archived, s.tenant_id into at, archived, tenant from public.mt_streams s where s.id = stream;
    if expected_version is not null and expected_version <> coalesce(at, 0) then
        raise exception 'stream % stands at version %', stream, coalesce(at, 0) using errcode = 'MT003';
    end if;
    if at is null then
        insert into public.mt_streams (id, type, version, timestamp, tenant_id) values (stream, stream_type, 0, now(), tenantid);
        at := 0;
    elsif archived then
        raise exception 'stream % is archived', stream using errcode = 'MT001';
    elsif tenant is distinct from tenantid then
        raise exception 'stream % belongs to another tenant', stream;
    end if;

    for i in 1 .. coalesce(array_length(event_ids, 1), 0) loop
        seq := nextval('public.mt_events_sequence');
        at := at + 1;
        insert into public.mt_events
            (seq_id, id, stream_id, version, data, bdata, type, timestamp, tenant_id, mt_dotnet_type,
             causation_id, correlation_id, headers, user_name, is_archived)
        values
            (seq, event_ids[i], stream, at, bodies[i], bdatas[i], event_types[i], timestamps[i], tenantid, dotnet_types[i],
             causation_ids[i], correlation_ids[i], headers[i], user_names[i], false);
        answer := answer || seq;
    end loop;

    update public.mt_streams set version = at, timestamp = now() where id = stream;
    perform pg_notify('practice_events', seq::text);
    answer[1] := at;
    return answer;
end
$$;

CREATE TABLE practice.alert_feed (
    "position" bigint NOT NULL,
    kind text NOT NULL,
    recipient text NOT NULL,
    child text NOT NULL,
    at timestamp with time zone NOT NULL,
    state jsonb NOT NULL
);

CREATE TABLE practice.alerts (
    id text NOT NULL,
    child text NOT NULL,
    rule text NOT NULL,
    occurrence uuid NOT NULL,
    role text NOT NULL,
    recipient text NOT NULL,
    stage text NOT NULL,
    due date NOT NULL,
    due_at timestamp with time zone,
    raised_at timestamp with time zone NOT NULL,
    status text NOT NULL,
    because text[] NOT NULL,
    acknowledged_by text,
    settled_by text,
    withdrawn_because text,
    "position" bigint NOT NULL,
    acknowledged_at timestamp with time zone,
    seen_at timestamp with time zone,
    remind_on date,
    passed_to text,
    questioned text
);

CREATE TABLE practice.basics (
    child text,
    seen_on date,
    seen_alone boolean,
    reason_not_alone boolean,
    assessment_started_on date,
    assessment_finished_on date,
    care_plan_on date,
    plan_ended_on date,
    oversight_on date
);

CREATE TABLE practice.children (
    child text,
    family text,
    date_of_birth date,
    expected date,
    team text,
    open_since date,
    protection_plan_since date,
    need_plan_since date,
    looked_after_since date,
    pre_proceedings_since date,
    proceedings_since date,
    social_worker text,
    iro text,
    cp_chair text,
    plo_coordinator text,
    personal_adviser text,
    last_seen date,
    last_seen_alone date,
    last_activity date,
    died boolean,
    current boolean
);

CREATE TABLE practice.deliveries (
    id bigint NOT NULL,
    subscription uuid NOT NULL,
    message text NOT NULL,
    "position" bigint NOT NULL,
    attempt integer NOT NULL,
    at timestamp with time zone NOT NULL,
    ms integer NOT NULL,
    sent boolean NOT NULL,
    code text NOT NULL
);

ALTER TABLE practice.deliveries ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME practice.deliveries_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE practice.finished_loads (
    load text NOT NULL,
    "position" bigint NOT NULL
);

CREATE TABLE practice.inbox (
    id bigint NOT NULL,
    sender text NOT NULL,
    format text NOT NULL,
    key text,
    body bytea NOT NULL,
    body_hash bytea,
    received_at timestamp with time zone NOT NULL,
    status text NOT NULL,
    reason text,
    positions bigint[] DEFAULT '{}'::bigint[] NOT NULL,
    repeats integer DEFAULT 0 NOT NULL,
    last_repeated_at timestamp with time zone,
    replays bigint,
    settled_at timestamp with time zone,
    settled_by text,
    settled_reason text,
    first_position bigint,
    CONSTRAINT inbox_status CHECK ((status = ANY (ARRAY['accepted'::text, 'quarantined'::text, 'replayed'::text, 'dismissed'::text])))
);

ALTER TABLE practice.inbox ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME practice.inbox_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE practice.labels (
    kind text NOT NULL,
    reference text NOT NULL,
    label text NOT NULL
);

CREATE TABLE practice.leases (
    name text NOT NULL,
    holder text NOT NULL,
    epoch bigint NOT NULL
);

CREATE TABLE practice.loads_under_way (
    load text NOT NULL,
    at timestamp with time zone NOT NULL
);

CREATE TABLE practice.measured (
    child text,
    measure text,
    occurrence uuid,
    part text,
    from_on date,
    on_date date,
    value integer,
    hit boolean,
    at_day_end boolean,
    not_recorded text,
    team text
);

CREATE TABLE practice.mid_points (
    child text,
    cycle text,
    rule text,
    occurrence uuid,
    last_review date,
    next_due date,
    half_way date,
    outcome text,
    checked_on date,
    checked_late boolean,
    soon_from timestamp with time zone,
    late_from timestamp with time zone,
    because text,
    actions_done text,
    plan_still_right text,
    heard_from_child text,
    pre_proceedings_reviewed boolean,
    challenge_stage text,
    challenged_on date,
    answered_on date,
    current boolean
);

CREATE TABLE practice.nodes (
    node text NOT NULL,
    expires_at timestamp with time zone NOT NULL
);

CREATE TABLE practice.obligations (
    child text,
    rule text,
    occurrence uuid,
    title text,
    area text,
    edition text,
    started_by text,
    started_on date,
    started_at timestamp with time zone,
    due date,
    due_at timestamp with time zone,
    plan_by date,
    outcome text,
    met_on date,
    met_at timestamp with time zone,
    ended_by text,
    because text,
    soon_from timestamp with time zone,
    late_from timestamp with time zone,
    met_late boolean,
    roles text[],
    late_again boolean
);

CREATE TABLE practice.outbox (
    id bigint NOT NULL,
    channel text NOT NULL,
    key text NOT NULL,
    payload jsonb NOT NULL,
    created_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    last_error text,
    sent_at timestamp with time zone,
    claimed_until timestamp with time zone
);

ALTER TABLE practice.outbox ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME practice.outbox_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE practice.people_changes (
    "position" bigint NOT NULL,
    workers text[]
);

CREATE TABLE practice.proof (
    singleton boolean DEFAULT true NOT NULL,
    at timestamp with time zone NOT NULL,
    seconds double precision NOT NULL,
    proved jsonb NOT NULL,
    CONSTRAINT proof_singleton_check CHECK (singleton)
);

CREATE TABLE practice.protection_keys (
    name text NOT NULL,
    key text NOT NULL
);

CREATE TABLE practice.pulse (
    one boolean DEFAULT true NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT pulse_one CHECK (one)
);

CREATE TABLE practice.read_log (
    at timestamp with time zone NOT NULL,
    worker text NOT NULL,
    child text NOT NULL,
    what text NOT NULL
);

CREATE TABLE practice.rehearsal (
    one boolean DEFAULT true NOT NULL,
    now timestamp with time zone NOT NULL,
    CONSTRAINT rehearsal_one_check CHECK (one)
);

CREATE TABLE practice.schema_versions (
    version integer NOT NULL,
    name text NOT NULL,
    applied_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE practice.sending_position (
    one boolean DEFAULT true NOT NULL,
    "position" bigint NOT NULL,
    CONSTRAINT sending_position_one_check CHECK (one)
);

CREATE TABLE practice.shares (
    partition smallint NOT NULL,
    rules text NOT NULL
);

CREATE TABLE practice.silences (
    began timestamp with time zone NOT NULL,
    ended timestamp with time zone NOT NULL
);

CREATE TABLE practice.sources (
    name text NOT NULL,
    bearer_hash bytea NOT NULL,
    secrets jsonb NOT NULL,
    created_at timestamp with time zone NOT NULL
);

CREATE TABLE practice.subscriptions (
    id uuid NOT NULL,
    worker text NOT NULL,
    roles text[] NOT NULL,
    channel text NOT NULL,
    scope text NOT NULL,
    stages text[] NOT NULL,
    address text,
    token_hash bytea,
    secrets jsonb NOT NULL,
    created_at timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone,
    disabled_at timestamp with time zone,
    disabled_because text,
    daily_at time without time zone,
    quiet_from time without time zone,
    quiet_to time without time zone,
    even_then text[] DEFAULT '{}'::text[] NOT NULL
);

CREATE TABLE practice.timers (
    owner text NOT NULL,
    key text NOT NULL,
    due_at timestamp with time zone NOT NULL,
    partition smallint GENERATED ALWAYS AS (practice.partition_of(owner)) STORED NOT NULL
);

CREATE TABLE practice.tokens (
    hash bytea NOT NULL,
    worker text NOT NULL,
    roles text[] NOT NULL,
    created_at timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone
);

CREATE TABLE practice.unmonitored (
    child text NOT NULL,
    since timestamp with time zone NOT NULL,
    why text NOT NULL
);

CREATE TABLE practice.views (
    name text NOT NULL,
    definition text NOT NULL
);

CREATE TABLE public.mt_doc_deadletterevent (
    id uuid NOT NULL,
    data jsonb NOT NULL,
    mt_last_modified timestamp with time zone DEFAULT transaction_timestamp(),
    mt_version uuid DEFAULT (md5(((random())::text || (clock_timestamp())::text)))::uuid NOT NULL,
    mt_dotnet_type character varying
);

CREATE TABLE public.mt_event_progression (
    name character varying NOT NULL,
    last_seq_id bigint,
    last_updated timestamp with time zone DEFAULT transaction_timestamp()
);

CREATE TABLE public.mt_events (
    seq_id bigint NOT NULL,
    id uuid NOT NULL,
    stream_id character varying,
    version bigint NOT NULL,
    data jsonb NOT NULL,
    bdata bytea,
    type character varying(500) NOT NULL,
    "timestamp" timestamp with time zone DEFAULT '(now())'::timestamp with time zone NOT NULL,
    tenant_id character varying DEFAULT '*DEFAULT*'::character varying,
    mt_dotnet_type character varying,
    correlation_id character varying,
    causation_id character varying,
    headers jsonb,
    user_name character varying,
    is_archived boolean DEFAULT false
);

CREATE SEQUENCE public.mt_events_sequence
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.mt_events_sequence OWNED BY public.mt_events.seq_id;

CREATE TABLE public.mt_high_water_skips (
    ending_sequence bigint NOT NULL,
    starting_sequence bigint NOT NULL,
    "timestamp" timestamp with time zone DEFAULT transaction_timestamp()
);

CREATE TABLE public.mt_streams (
    id character varying NOT NULL,
    type character varying,
    version bigint,
    "timestamp" timestamp with time zone DEFAULT now() NOT NULL,
    created timestamp with time zone DEFAULT now() NOT NULL,
    tenant_id character varying DEFAULT '*DEFAULT*'::character varying,
    is_archived boolean DEFAULT false
)
WITH (fillfactor='50');

ALTER TABLE ONLY practice.deliveries
    ADD CONSTRAINT deliveries_pkey PRIMARY KEY (id);

ALTER TABLE ONLY practice.finished_loads
    ADD CONSTRAINT finished_loads_pkey PRIMARY KEY (load);

ALTER TABLE ONLY practice.inbox
    ADD CONSTRAINT inbox_pkey PRIMARY KEY (id);

ALTER TABLE ONLY practice.labels
    ADD CONSTRAINT labels_pkey PRIMARY KEY (kind, reference);

ALTER TABLE ONLY practice.leases
    ADD CONSTRAINT leases_pkey PRIMARY KEY (name);

ALTER TABLE ONLY practice.loads_under_way
    ADD CONSTRAINT loads_under_way_pkey PRIMARY KEY (load);

ALTER TABLE ONLY practice.nodes
    ADD CONSTRAINT nodes_pkey PRIMARY KEY (node);

ALTER TABLE ONLY practice.outbox
    ADD CONSTRAINT outbox_channel_key UNIQUE (channel, key);

ALTER TABLE ONLY practice.outbox
    ADD CONSTRAINT outbox_pkey PRIMARY KEY (id);

ALTER TABLE ONLY practice.people_changes
    ADD CONSTRAINT people_changes_pkey PRIMARY KEY ("position");

ALTER TABLE ONLY practice.proof
    ADD CONSTRAINT proof_pkey PRIMARY KEY (singleton);

ALTER TABLE ONLY practice.protection_keys
    ADD CONSTRAINT protection_keys_pkey PRIMARY KEY (name);

ALTER TABLE ONLY practice.pulse
    ADD CONSTRAINT pulse_pkey PRIMARY KEY (one);

ALTER TABLE ONLY practice.rehearsal
    ADD CONSTRAINT rehearsal_pkey PRIMARY KEY (one);

ALTER TABLE ONLY practice.schema_versions
    ADD CONSTRAINT schema_versions_pkey PRIMARY KEY (version);

ALTER TABLE ONLY practice.sending_position
    ADD CONSTRAINT sending_position_pkey PRIMARY KEY (one);

ALTER TABLE ONLY practice.shares
    ADD CONSTRAINT shares_pkey PRIMARY KEY (partition);

ALTER TABLE ONLY practice.silences
    ADD CONSTRAINT silences_pkey PRIMARY KEY (began);

ALTER TABLE ONLY practice.sources
    ADD CONSTRAINT sources_pkey PRIMARY KEY (name);

ALTER TABLE ONLY practice.subscriptions
    ADD CONSTRAINT subscriptions_pkey PRIMARY KEY (id);

ALTER TABLE ONLY practice.subscriptions
    ADD CONSTRAINT subscriptions_token_hash_key UNIQUE (token_hash);

ALTER TABLE ONLY practice.timers
    ADD CONSTRAINT timers_pkey PRIMARY KEY (owner, key);

ALTER TABLE ONLY practice.tokens
    ADD CONSTRAINT tokens_pkey PRIMARY KEY (hash);

ALTER TABLE ONLY practice.unmonitored
    ADD CONSTRAINT unmonitored_pkey PRIMARY KEY (child);

ALTER TABLE ONLY practice.views
    ADD CONSTRAINT views_pkey PRIMARY KEY (name);

ALTER TABLE ONLY public.mt_event_progression
    ADD CONSTRAINT pk_mt_event_progression PRIMARY KEY (name);

ALTER TABLE ONLY public.mt_doc_deadletterevent
    ADD CONSTRAINT pkey_mt_doc_deadletterevent_id PRIMARY KEY (id);

ALTER TABLE ONLY public.mt_events
    ADD CONSTRAINT pkey_mt_events_seq_id PRIMARY KEY (seq_id);

ALTER TABLE ONLY public.mt_high_water_skips
    ADD CONSTRAINT pkey_mt_high_water_skips_ending_sequence PRIMARY KEY (ending_sequence);

ALTER TABLE ONLY public.mt_streams
    ADD CONSTRAINT pkey_mt_streams_id PRIMARY KEY (id);

CREATE INDEX alert_feed_at ON practice.alert_feed USING brin (at) WITH (autosummarize='on');

CREATE UNIQUE INDEX alert_feed_pkey ON practice.alert_feed USING btree ("position");

CREATE INDEX alert_feed_settled ON practice.alert_feed USING btree (recipient, at) WHERE (kind = 'alert_settled'::text);

CREATE UNIQUE INDEX alerts_child_rule_occurrence_recipient_key ON practice.alerts USING btree (child, rule, occurrence, recipient);

CREATE INDEX alerts_live ON practice.alerts USING btree (raised_at) WHERE (status = ANY (ARRAY['open'::text, 'acknowledged'::text]));

CREATE INDEX alerts_live_child ON practice.alerts USING btree (child) WHERE (status = ANY (ARRAY['open'::text, 'acknowledged'::text]));

CREATE UNIQUE INDEX alerts_pkey ON practice.alerts USING btree (id);

CREATE INDEX alerts_questioned ON practice.alerts USING btree (due) WHERE (questioned IS NOT NULL);

CREATE INDEX alerts_recipient ON practice.alerts USING btree (recipient, status);

CREATE INDEX basics_child ON practice.basics USING btree (child);

CREATE INDEX children_child ON practice.children USING btree (child);

CREATE INDEX children_court ON practice.children USING btree (child) WHERE ((pre_proceedings_since IS NOT NULL) OR (proceedings_since IS NOT NULL));

CREATE INDEX children_cp_chair ON practice.children USING btree (cp_chair);

CREATE INDEX children_iro ON practice.children USING btree (iro);

CREATE INDEX children_personal_adviser ON practice.children USING btree (personal_adviser);

CREATE INDEX children_plo_coordinator ON practice.children USING btree (plo_coordinator);

CREATE INDEX children_social_worker ON practice.children USING btree (social_worker);

CREATE INDEX children_team ON practice.children USING btree (team);

CREATE INDEX deliveries_at ON practice.deliveries USING btree (at);

CREATE INDEX deliveries_subscription ON practice.deliveries USING btree (subscription, id);

CREATE INDEX inbox_body ON practice.inbox USING btree (body_hash) WHERE (body_hash IS NOT NULL);

CREATE INDEX inbox_first_position ON practice.inbox USING btree (first_position) WHERE (first_position IS NOT NULL);

CREATE INDEX inbox_open ON practice.inbox USING btree (id) WHERE (status = 'quarantined'::text);

CREATE INDEX inbox_sender ON practice.inbox USING btree (sender, id);

CREATE INDEX measured_child ON practice.measured USING btree (child);

CREATE INDEX measured_on ON practice.measured USING btree (measure, on_date);

CREATE INDEX mid_points_child ON practice.mid_points USING btree (child);

CREATE INDEX mid_points_current ON practice.mid_points USING btree (child) WHERE current;

CREATE INDEX obligations_child ON practice.obligations USING btree (child);

CREATE INDEX obligations_current ON practice.obligations USING btree (child) WHERE ((outcome = 'open'::text) OR late_again);

CREATE INDEX outbox_budget ON practice.outbox USING btree (channel, created_at) WHERE ((payload ->> 'Role'::text) IS NOT NULL);

CREATE INDEX outbox_unsent ON practice.outbox USING btree (channel, due_at) WHERE (sent_at IS NULL);

CREATE INDEX read_log_child ON practice.read_log USING btree (child, at DESC);

CREATE INDEX subscriptions_worker ON practice.subscriptions USING btree (worker) WHERE (revoked_at IS NULL);

CREATE INDEX timers_due_at ON practice.timers USING btree (due_at);

CREATE INDEX tokens_id ON practice.tokens USING btree ("left"(encode(hash, 'hex'::text), 16));

CREATE UNIQUE INDEX idx_mt_events_event_id ON public.mt_events USING btree (id);

CREATE INDEX idx_mt_events_event_type_seq_id ON public.mt_events USING btree (type, seq_id);

CREATE UNIQUE INDEX pk_mt_events_stream_and_version ON public.mt_events USING btree (stream_id, version);

CREATE TRIGGER practice_append_lock BEFORE INSERT ON public.mt_streams FOR EACH STATEMENT EXECUTE FUNCTION practice.take_append_lock();

ALTER TABLE ONLY practice.inbox
    ADD CONSTRAINT inbox_replays_fkey FOREIGN KEY (replays) REFERENCES practice.inbox(id);

ALTER TABLE ONLY public.mt_events
    ADD CONSTRAINT fkey_mt_events_stream_id FOREIGN KEY (stream_id) REFERENCES public.mt_streams(id) ON DELETE CASCADE;
