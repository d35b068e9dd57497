-- Work is shared out over the nodes that are alive: each piece is a lease, each change of hands raises its epoch, and every write of a holder is guarded by it.

-- A node is alive until it has been silent for its time; its leases live and die with it.
create table practice.nodes (
    node        text         not null,
    expires_at  timestamptz  not null,
    constraint nodes_pkey primary key (node)
);
alter table practice.leases drop column expires_at;

-- When some node was last at work, and the times at which none was, by the clock that the nodes go by: so that what is late can say why.
create table practice.pulse (
    one  boolean      not null default true,
    at   timestamptz  not null,
    constraint pulse_pkey primary key (one),
    constraint pulse_one check (one)
);
create table practice.silences (
    began  timestamptz  not null,
    ended  timestamptz  not null,
    constraint silences_pkey primary key (began)
);

-- Which of 16 shares an owner belongs to. The same is worked out by the program (Partitions.Of).
create function practice.partition_of(owner text) returns smallint language sql immutable strict parallel safe as $$
    select (get_byte(sha256(convert_to(owner, 'UTF8')), 0) & 15)::smallint
$$;
alter table practice.timers add column partition smallint not null generated always as (practice.partition_of(owner)) stored;

-- One node says that it is alive and gets its fair share of the leases named. Nobody waits for a piece that is being worked on: it is passed over until next time.
create function practice.share_leases(
    p_node text, p_names text[], p_ttl interval, p_now timestamptz, p_alone boolean, p_silence interval,
    out names text[], out epochs bigint[], out nodes int)
language plpgsql as $$
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

-- A node that stops says so, and others need not wait for its time to run out.
create function practice.leave_leases(p_node text) returns void language plpgsql as $$
begin
    perform pg_advisory_xact_lock(5074203110985);
    update practice.leases l set holder = '', epoch = l.epoch + 1 where l.holder = p_node;
    delete from practice.nodes n where n.node = p_node;
    perform pg_notify('practice_events', '');
end
$$;
