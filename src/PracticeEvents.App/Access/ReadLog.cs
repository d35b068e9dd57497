using Npgsql;

namespace PracticeEvents.App.Access;

/// <summary>One look at a child's record.</summary>
internal sealed record Look(DateTimeOffset At, string Worker, string What);

/// <summary>Who looked at which child, and when. Every read of a child is logged.</summary>
internal sealed class ReadLog(NpgsqlDataSource source)
{
    private const string Ddl = """
        create table if not exists practice.read_log (
            at timestamptz not null, worker text not null, child text not null, what text not null
        );
        create index if not exists read_log_child on practice.read_log (child, at desc);
        """;

    /// <summary>Makes the table.</summary>
    public async Task EnsureAsync(CancellationToken ct)
    {
        await using var command = source.CreateCommand(Ddl);
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Notes a look. It is noted before the answer is given.</summary>
    public async Task NoteAsync(string worker, string child, string what, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = source.CreateCommand("insert into practice.read_log values ($1, $2, $3, $4)");
        command.Parameters.AddWithValue(now.ToUniversalTime());
        command.Parameters.AddWithValue(worker);
        command.Parameters.AddWithValue(child);
        command.Parameters.AddWithValue(what);
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Notes that a worker took away a list of children. It is noted before the list is given.</summary>
    public async Task NoteAllAsync(string worker, IReadOnlyCollection<string> children, string what, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = source.CreateCommand("insert into practice.read_log select $1, $2, child, $4 from unnest($3) as child");
        command.Parameters.AddWithValue(now.ToUniversalTime());
        command.Parameters.AddWithValue(worker);
        command.Parameters.AddWithValue(children.Distinct().ToArray());
        command.Parameters.AddWithValue(what);
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Looks at a child since an instant, newest first, at most 200.</summary>
    public async Task<IReadOnlyList<Look>> OfAsync(string child, DateTimeOffset since, CancellationToken ct)
    {
        await using var command = source.CreateCommand(
            "select at, worker, what from practice.read_log where child = $1 and at >= $2 order by at desc limit 200");
        command.Parameters.AddWithValue(child);
        command.Parameters.AddWithValue(since.ToUniversalTime());
        await using var reader = await command.ExecuteReaderAsync(ct);
        var looks = new List<Look>();
        while (await reader.ReadAsync(ct))
        {
            looks.Add(new Look(reader.GetFieldValue<DateTimeOffset>(0), reader.GetString(1), reader.GetString(2)));
        }

        return looks;
    }
}
