using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Npgsql;

namespace PracticeEvents.Store.Tests;

/// <summary>What is copied in is what the driver reads out again.</summary>
[Collection(OnServer.Name)]
public sealed class CopyWriterTests(TestServer server) : DatabaseTest(server)
{
    private const string Table = "create table copied (n bigserial, a text, b jsonb, c date, d timestamptz, e uuid, f integer, g bigint, h boolean, i bytea, j text[], k bigint[])";

    // Text that is longer than what is sent at once among them; without what PostgreSQL does not keep: NUL and half of a pair.
    private static readonly Gen<string?> AnyText = Gen.OneOf(
        ArbMap.Default.GeneratorFor<string?>().Select(t => t is null ? null : string.Concat(t.Where(c => c != '\0' && !char.IsSurrogate(c)))),
        Gen.Elements<string?>(null, "", "𝄞 \n\t\"", new string('é', 100_000)));

    private static readonly Gen<Row> AnyRow =
        from text in AnyText
        from more in AnyText.Select(t => t ?? "").ArrayOf()
        from days in Gen.Choose(0, DateOnly.MaxValue.DayNumber)
        from seconds in Gen.Choose(int.MinValue, int.MaxValue)
        from number in ArbMap.Default.GeneratorFor<int>()
        from numbers in ArbMap.Default.GeneratorFor<long[]>()
        from bytes in ArbMap.Default.GeneratorFor<byte[]>()
        from id in ArbMap.Default.GeneratorFor<Guid>()
        select new Row(text, more, DateOnly.FromDayNumber(days), DateTimeOffset.UnixEpoch.AddSeconds(seconds).AddMicroseconds(number % 1_000_000), id, number, numbers, bytes);

    [Fact]
    public async Task Any_values_come_back_as_they_were()
    {
        await ExecuteAsync(Table);
        Prop.ForAll(AnyRow.NonEmptyListOf().ToArbitrary(), rows =>
        {
            var (sent, read) = (string.Join('\n', rows), string.Join('\n', RoundTripAsync(rows).GetAwaiter().GetResult()));
            return (sent == read).Label($"{sent}\n--- came back as ---\n{read}");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }

    [Fact]
    public async Task The_first_and_the_last_date_there_are_mean_infinity_as_with_the_driver()
    {
        await ExecuteAsync(Table);
        await CopyAsync("copied (c, d)", copy =>
        {
            foreach (var (date, instant) in new[] { (DateOnly.MinValue, DateTimeOffset.MinValue), (DateOnly.MaxValue, DateTimeOffset.MaxValue) })
            {
                copy.Row(2);
                copy.Date(date);
                copy.Instant(instant);
            }
        });

        Assert.Equal("-infinity -infinity, infinity infinity", await ScalarAsync<string>("select string_agg(c::text || ' ' || d::text, ', ' order by c) from copied"));
    }

    [Fact]
    public async Task A_copy_that_is_given_up_leaves_nothing_and_its_connection_can_be_used()
    {
        await ExecuteAsync(Table);
        await using var connection = await Source.OpenConnectionAsync();
        await using (var copy = await CopyWriter.BeginAsync(connection, "copied (a)", default))
        {
            for (var n = 0; n < 100_000; n++)
            {
                copy.Row(1);
                copy.Text("given up");
                await copy.EndRowAsync(default);
            }
        }

        await using var count = new NpgsqlCommand("select count(*) from copied", connection);
        Assert.Equal(0L, await count.ExecuteScalarAsync());
    }

    [Fact]
    public async Task A_row_that_the_table_refuses_is_an_error_and_no_row_is_stored()
    {
        await ExecuteAsync("create table copied (a text not null)");
        var error = await Assert.ThrowsAsync<PostgresException>(() => CopyAsync("copied (a)", copy =>
        {
            copy.Row(1);
            copy.Text("fine");
            copy.Row(1);
            copy.Null();
        }));
        Assert.Equal(PostgresErrorCodes.NotNullViolation, error.SqlState);
        Assert.Equal(0L, await ScalarAsync<long>("select count(*) from copied"));
    }

    private async Task CopyAsync(string into, Action<CopyWriter> write)
    {
        await using var connection = await Source.OpenConnectionAsync();
        await using var copy = await CopyWriter.BeginAsync(connection, into, default);
        write(copy);
        await copy.EndRowAsync(default);
        await copy.CompleteAsync(default);
    }

    private async Task<List<Row>> RoundTripAsync(IReadOnlyList<Row> rows)
    {
        await ExecuteAsync("truncate copied");
        await CopyAsync("copied (a, b, c, d, e, f, g, h, i, j, k)", copy =>
        {
            foreach (var row in rows)
            {
                row.WriteTo(copy);
            }
        });
        await using var command = Source.CreateCommand("select a, b ->> 0, c, d, e, f, g, h, i, j, k from copied order by n");
        await using var reader = await command.ExecuteReaderAsync();
        var back = new List<Row>();
        while (await reader.ReadAsync())
        {
            var (text, number) = (reader.IsDBNull(0) ? null : reader.GetString(0), reader.GetInt32(5));
            Assert.Equal(text, reader.IsDBNull(1) ? null : reader.GetString(1));
            Assert.Equal(number * 3_000_000_000L, reader.GetInt64(6));
            Assert.Equal(number % 2 == 0, reader.GetBoolean(7));
            back.Add(new(text, reader.GetFieldValue<string[]>(9), reader.GetFieldValue<DateOnly>(2), reader.GetFieldValue<DateTimeOffset>(3), reader.GetGuid(4),
                number, reader.GetFieldValue<long[]>(10), reader.GetFieldValue<byte[]>(8)));
        }

        return back;
    }

    private sealed record Row(string? Text, string[] More, DateOnly Date, DateTimeOffset At, Guid Id, int Number, long[] Numbers, byte[] Bytes)
    {
        public void WriteTo(CopyWriter copy)
        {
            copy.Row(11);
            copy.Text(Text);
            copy.Json(System.Text.Json.JsonSerializer.Serialize(new[] { Text }));
            copy.Date(Date);
            copy.Instant(At);
            copy.Id(Id);
            copy.Integer(Number);
            copy.Bigint(Number * 3_000_000_000L);
            copy.Boolean(Number % 2 == 0);
            copy.Bytes(Bytes);
            copy.Texts(More);
            copy.Bigints(Numbers);
        }

        public override string ToString() => string.Create(CultureInfo.InvariantCulture,
            $"{Text ?? "nothing"}|{string.Join('/', More)}|{Date:o}|{At:o}|{Id}|{Number}|{string.Join(',', Numbers)}|{Convert.ToHexString(Bytes)}");
    }
}
