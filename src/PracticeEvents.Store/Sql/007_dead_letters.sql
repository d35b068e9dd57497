-- Marten's own document table for events that one of its projections failed on. This service does not write to it; a Marten that opens the database expects it.
create table public.mt_doc_deadletterevent (
    id                uuid         not null,
    data              jsonb        not null,
    mt_last_modified  timestamptz  null default transaction_timestamp(),
    mt_version        uuid         not null default (md5((random())::text || (clock_timestamp())::text))::uuid,
    mt_dotnet_type    varchar      null,
    constraint pkey_mt_doc_deadletterevent_id primary key (id)
);
