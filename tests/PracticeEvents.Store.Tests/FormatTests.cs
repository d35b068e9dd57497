using Npgsql;

namespace PracticeEvents.Store.Tests;

/// <summary>The event tables are another program's format: every name, type and rule of it is a contract.</summary>
[Collection(OnServer.Name)]
public sealed class FormatTests(TestServer server) : DatabaseTest(server)
{
    [Fact]
    public async Task The_events_table_has_martens_columns_in_martens_order() => Assert.Equal(
        [
            "seq_id bigint not null", "id uuid not null", "stream_id character varying", "version bigint not null", "data jsonb not null",
            "bdata bytea", "type character varying(500) not null", "timestamp timestamp with time zone not null constant",
            "tenant_id character varying '*DEFAULT*'::character varying", "mt_dotnet_type character varying", "correlation_id character varying",
            "causation_id character varying", "headers jsonb", "user_name character varying", "is_archived boolean false",
        ], await ColumnsAsync("mt_events"));

    [Fact]
    public async Task The_streams_table_has_martens_columns_in_martens_order() => Assert.Equal(
        [
            "id character varying not null", "type character varying", "version bigint", "timestamp timestamp with time zone not null now()",
            "created timestamp with time zone not null now()", "tenant_id character varying '*DEFAULT*'::character varying",
            "is_archived boolean false",
        ], await ColumnsAsync("mt_streams"));

    [Fact]
    public async Task The_progress_tables_have_martens_columns()
    {
        Assert.Equal(
            ["name character varying not null", "last_seq_id bigint", "last_updated timestamp with time zone transaction_timestamp()"],
            await ColumnsAsync("mt_event_progression"));
        Assert.Equal(
            ["ending_sequence bigint not null", "starting_sequence bigint not null", "timestamp timestamp with time zone transaction_timestamp()"],
            await ColumnsAsync("mt_high_water_skips"));
        Assert.Equal(
            [
                "id uuid not null", "data jsonb not null", "mt_last_modified timestamp with time zone transaction_timestamp()",
                "mt_version uuid not null (md5(((random())::text || (clock_timestamp())::text)))::uuid", "mt_dotnet_type character varying",
            ], await ColumnsAsync("mt_doc_deadletterevent"));
    }

    [Fact]
    public async Task Keys_and_indexes_have_martens_names()
    {
        Assert.Equal(
            [
                "fkey_mt_events_stream_id FOREIGN KEY (stream_id) REFERENCES mt_streams(id) ON DELETE CASCADE",
                "pk_mt_event_progression PRIMARY KEY (name)",
                "pkey_mt_events_seq_id PRIMARY KEY (seq_id)",
                "pkey_mt_streams_id PRIMARY KEY (id)",
            ],
            await ListAsync("""
                select conname || ' ' || pg_get_constraintdef(oid) from pg_constraint
                where conrelid in ('mt_events'::regclass, 'mt_streams'::regclass, 'mt_event_progression'::regclass) order by 1
                """));
        Assert.Equal(
            [
                "CREATE INDEX idx_mt_events_event_type_seq_id ON public.mt_events USING btree (type, seq_id)",
                "CREATE UNIQUE INDEX idx_mt_events_event_id ON public.mt_events USING btree (id)",
                "CREATE UNIQUE INDEX pk_mt_events_stream_and_version ON public.mt_events USING btree (stream_id, version)",
            ],
            await ListAsync("""
                select indexdef from pg_indexes where schemaname = 'public' and tablename in ('mt_events', 'mt_streams')
                and indexname not like 'pkey%' order by 1
                """));
    }

    [Fact]
    public async Task The_sequence_belongs_to_seq_id_and_is_not_its_default()
    {
        Assert.Equal("public.mt_events_sequence", await ScalarAsync<string>("select pg_get_serial_sequence('mt_events', 'seq_id')"));
        Assert.Equal("1 1 1", await ScalarAsync<string>(
            "select start_value || ' ' || increment_by || ' ' || cache_size from pg_sequences where sequencename = 'mt_events_sequence'"));
    }

    [Fact]
    public async Task Martens_functions_have_its_signatures() => Assert.Equal(
        [
            "mt_archive_stream(streamid character varying) void",
            "mt_mark_event_progression(name character varying, last_encountered bigint) void",
            "mt_mark_progression_with_skip(shard_name character varying, ending_sequence bigint, starting_sequence bigint) bigint",
            "mt_quick_append_events(stream character varying, stream_type character varying, tenantid character varying, event_ids uuid[], "
            + "event_types character varying[], dotnet_types character varying[], bodies jsonb[], bdatas bytea[], causation_ids character varying[], "
            + "correlation_ids character varying[], headers jsonb[], user_names character varying[], timestamps timestamp with time zone[], "
            + "expected_version bigint DEFAULT NULL::bigint) bigint[]",
        ],
        await ListAsync("""
            select proname || '(' || pg_get_function_arguments(oid) || ') ' || pg_get_function_result(oid)
            from pg_proc where pronamespace = 'public'::regnamespace order by 1
            """));

    [Fact]
    public async Task A_stored_event_fills_the_row_as_marten_would()
    {
        await Store.AppendAsync(
        [
            Event("child-1", "e1", """{"On": "2026-11-02"}""") with
            {
                DotNetType = "A.VisitRecorded, A",
                CorrelationId = "c",
                CausationId = "k",
                UserName = "u",
            },
        ]);

        Assert.Equal(
            """child-1|1|{"On": "2026-11-02"}|visit_recorded|*DEFAULT*|A.VisitRecorded, A|c|k|{"id": "e1", "source": "cms"}|u|false|1|*DEFAULT*""",
            await ScalarAsync<string>("""
                select concat_ws('|', e.stream_id, e.version, e.data, e.type, e.tenant_id, mt_dotnet_type, correlation_id, causation_id, headers,
                    user_name, e.is_archived::text, s.version, s.tenant_id)
                from mt_events e join mt_streams s on s.id = e.stream_id
                """));
    }

    [Fact]
    public async Task An_event_that_marten_appends_is_read_in_its_place_and_versions_run_on()
    {
        await ReceiveAsync(Event("child-1", "e1"));
        var answer = await ScalarAsync<long[]>("""
            select mt_quick_append_events('child-1', null, '*DEFAULT*', array[gen_random_uuid()], array['visit_recorded'], array[null::varchar],
                array['{}'::jsonb], array[null::bytea], array[null::varchar], array[null::varchar], array['{}'::jsonb], array[null::varchar], array[now()], 1)
            """);
        await ReceiveAsync(Event("child-1", "e2"));

        Assert.Equal(2, answer[0]);
        Assert.Equal([1L, 2L, 3L], (await Store.ReadStreamAsync("child-1")).Select(e => e.Version));
    }

    [Fact]
    public async Task A_foreign_append_with_a_passed_version_is_refused_as_marten_refuses_it()
    {
        await ReceiveAsync(Event("child-1", "e1"));
        var refused = await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync("""
            select mt_quick_append_events('child-1', null, '*DEFAULT*', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', 7)
            """));

        Assert.Equal("MT003", refused.SqlState);
    }

    [Fact]
    public async Task Migrating_twice_at_once_and_again_runs_each_script_once()
    {
        await using var source = NpgsqlDataSource.Create(await Server.EmptyDatabaseAsync());
        Assert.Equal(9, (await Schema.CheckAsync(source)).Missing.Count);

        var runs = await Task.WhenAll(Schema.MigrateAsync(source), Schema.MigrateAsync(source));

        Assert.Equal(
            [
                "001_events", "002_practice", "003_append", "004_type_index", "005_append", "006_shares", "007_dead_letters", "008_outbox",
                "009_room_for_versions",
            ],
            runs.SelectMany(names => names).Order());
        Assert.Empty(await Schema.MigrateAsync(source));
        Assert.True((await Schema.CheckAsync(source)).IsCurrent);
    }

    [Fact]
    public async Task A_database_that_a_newer_program_made_is_told()
    {
        await ExecuteAsync("insert into practice.schema_versions (version, name) values (999, '999_later')");

        Assert.Equal(["999_later"], (await Schema.CheckAsync(Source)).Ahead);
    }

    private Task<List<string>> ColumnsAsync(string table) => ListAsync($"""
        select concat_ws(' ', attname, format_type(atttypid, atttypmod), case when attnotnull then 'not null' end,
            case when attrelid = 'mt_events'::regclass and attname = 'timestamp' then
                case when pg_get_expr(adbin, adrelid) ~ '^''[-0-9: .+]+''::timestamp with time zone$' then 'constant' else 'not constant' end
            else pg_get_expr(adbin, adrelid) end)
        from pg_attribute left join pg_attrdef on adrelid = attrelid and adnum = attnum
        where attrelid = '{table}'::regclass and attnum > 0 order by attnum
        """);

    private async Task<List<string>> ListAsync(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var list = new List<string>();
        while (await reader.ReadAsync())
        {
            list.Add(reader.GetString(0));
        }

        return list;
    }
}
