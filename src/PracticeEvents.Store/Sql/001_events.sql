-- The event tables as Marten 9 makes them: string stream identity, all four metadata columns on, single tenancy.
-- Names, types, nullability, keys and column order are a contract with other readers. Own tables are in schema `practice`.

create table public.mt_streams (
    id           varchar                  not null,
    type         varchar                  null,
    version      bigint                   null,
    timestamp    timestamptz              not null default now(),
    created      timestamptz              not null default now(),
    tenant_id    varchar                  null default '*DEFAULT*',
    is_archived  boolean                  null default false,
    constraint pkey_mt_streams_id primary key (id)
);

create table public.mt_events (
    seq_id          bigint        not null,
    id              uuid          not null,
    stream_id       varchar       null,
    version         bigint        not null,
    data            jsonb         not null,
    bdata           bytea         null,
    type            varchar(500)  not null,
    -- A constant (the moment this table was made), because Marten quotes the expression. Every writer supplies the value.
    timestamp       timestamptz   not null default '(now())',
    tenant_id       varchar       null default '*DEFAULT*',
    mt_dotnet_type  varchar       null,
    correlation_id  varchar       null,
    causation_id    varchar       null,
    headers         jsonb         null,
    user_name       varchar       null,
    is_archived     boolean       null default false,
    constraint pkey_mt_events_seq_id primary key (seq_id),
    constraint fkey_mt_events_stream_id foreign key (stream_id) references public.mt_streams (id) on delete cascade
);

create unique index pk_mt_events_stream_and_version on public.mt_events (stream_id, version);

create sequence public.mt_events_sequence;
alter sequence public.mt_events_sequence owned by public.mt_events.seq_id;

create table public.mt_event_progression (
    name          varchar      not null,
    last_seq_id   bigint       null,
    last_updated  timestamptz  null default transaction_timestamp(),
    constraint pk_mt_event_progression primary key (name)
);

create table public.mt_high_water_skips (
    ending_sequence    bigint       not null,
    starting_sequence  bigint       not null,
    timestamp          timestamptz  null default transaction_timestamp(),
    constraint pkey_mt_high_water_skips_ending_sequence primary key (ending_sequence)
);

create function public.mt_mark_event_progression(name varchar, last_encountered bigint) returns void
language plpgsql as $$
begin
    insert into public.mt_event_progression as p (name, last_seq_id, last_updated)
    values (mt_mark_event_progression.name, last_encountered, transaction_timestamp())
    on conflict on constraint pk_mt_event_progression
    do update set last_seq_id = excluded.last_seq_id, last_updated = excluded.last_updated;
end
$$;

create function public.mt_mark_progression_with_skip(shard_name varchar, ending_sequence bigint, starting_sequence bigint) returns bigint
language plpgsql as $$
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

create function public.mt_archive_stream(streamid varchar) returns void
language plpgsql as $$
begin
    update public.mt_streams set is_archived = true where id = streamid;
    update public.mt_events set is_archived = true where stream_id = streamid;
end
$$;
