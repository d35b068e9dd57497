using System.Diagnostics;
using PracticeEvents.Benchmarks.Machine;

namespace PracticeEvents.Benchmarks.Rows;

/// <summary>Binary COPY, the least that reading or writing rows can cost.</summary>
internal static class Copy
{
    /// <summary>Copies a table out, to a file or to nowhere.</summary>
    /// <returns>Seconds.</returns>
    public static async Task<double> OutAsync(Fresh database, string table, string? file = null)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        var began = Stopwatch.GetTimestamp();
        await using var rows = await connection.BeginRawBinaryCopyAsync($"copy {table} to stdout (format binary)");
        await using var to = file is null ? Stream.Null : File.Create(file);
        await rows.CopyToAsync(to, 1 << 20);
        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    /// <summary>Copies a file into a table and commits.</summary>
    /// <returns>Seconds.</returns>
    public static async Task<double> InAsync(Fresh database, string table, string file)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        var began = Stopwatch.GetTimestamp();
        await using (var rows = await connection.BeginRawBinaryCopyAsync($"copy {table} from stdin (format binary)"))
        await using (var from = File.OpenRead(file))
        {
            await from.CopyToAsync(rows, 1 << 16);
        }

        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }
}
