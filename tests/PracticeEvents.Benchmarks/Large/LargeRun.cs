using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using PracticeEvents.Benchmarks.Machine;
using PracticeEvents.Benchmarks.Page;
using PracticeEvents.Benchmarks.Rows;
using PracticeEvents.Store;

namespace PracticeEvents.Benchmarks.Large;

/// <summary>Measures once over the events of some 150 authorities, and writes the section of that name.</summary>
internal static class LargeRun
{
    private const int Reads = 200;

    public static async Task<int> RunAsync()
    {
        await using var server = await Server.StartAsync();
        Room(server.Folder);
        var files = await Authorities.WriteAsync(server.Folder, Knobs.Large);
        var events = files.Sum(file => file.Events);
        await using var database = await server.FreshAsync();
        await using (var store = new EventStore(database.Source, NullLogger<EventStore>.Instance))
        {
            // The team of those whose events come in under the rebuild: first, because a change of teams has everybody looked at again.
            await store.AppendAsync(Samples.Structure());
        }

        var lines = new List<(string What, string Figure)>();
        void Add(string what, FormattableString figure)
        {
            lines.Add((what, figure.ToString(CultureInfo.InvariantCulture)));
            Console.Error.WriteLine($"large: {what}: {lines[^1].Figure}");
        }

        Add("Events of practice, authorities", $"{events:N0}, {files.Count}");

        // The first 100,000 or so come first, because what an append costs then is what it is compared with.
        var few = (int)Math.Clamp(Math.Ceiling(100_000.0 * files.Count / events), 1, files.Count / 2);
        await ImportAsync(database, files.Take(few));
        var small = await AppendCost.OfAsync(database, 20_000);
        var (seconds, peak) = await ImportAsync(database, files.Skip(few));
        Add("First load into events and every view", $"{files.Skip(few).Sum(file => file.Events) / seconds:N0} events/s, {peak / 1024:N0} MiB at most");
        files.ToList().ForEach(file => File.Delete(file.File));
        var stored = await database.ScalarAsync<long>("select count(*) from public.mt_events");
        Add("Events stored, alerts among them", $"{stored:N0}");
        Add("Database", $"{await database.SizeAsync() / (double)stored:N0} bytes for each event stored, views and indexes among them");
        var large = await AppendCost.OfAsync(database, (int)Math.Min(400_000, stored / 20));
        Add("An event appended a hundred at a time: at the beginning, at the end", $"{small.Ours:N1} µs, {large.Ours:N1} µs ({large.Ours / small.Ours:0.00})");
        Add("An event appended one at a time by 64 writers: at the beginning, at the end", $"{small.Single:N1} µs, {large.Single:N1} µs ({large.Single / small.Single:0.00})");
        Add("… the first 20,000 after a checkpoint, a hundred at a time", $"{small.First:N1} µs, {large.First:N1} µs ({large.First / small.First:0.00})");
        Add("… beside plain inserts into empty tables of the same shape in the same minute", $"{small.Plain:N1} µs, {large.Plain:N1} µs; ours takes {small.Ours / small.Plain:0.00} and {large.Ours / large.Plain:0.00} times as long ({large.Ours / large.Plain / (small.Ours / small.Plain):0.00})");
        var (took, used) = await Practice.RunAsync("rebuild", "--connection", database.ConnectionString, "--json");
        Add("Rebuild of every view", $"{events / took:N0} events of practice/s, {used.Peak / 1024:N0} MiB at most ({events / took / 120_000:0.00} of the goal of 120,000)");
        var (proved, _) = await Practice.RunAsync("prove", "--connection", database.ConnectionString, "--json");
        Add("Proof that views, timers and alerts are what the events say, nobody else at work", $"{proved:N1} s");
        var (tried, with) = await WhatIf.RunAsync(database, server.Folder);
        Add("What-if of another interval between child protection visits, over a year", $"{tried:N1} s, {with.Peak / 1024:N0} MiB at most; {tried * 2_000_000 / events:N1} s for 2,000,000 events of practice ({10 / (tried * 2_000_000 / events):0.00} of the goal of 10 s)");
        await ReadAsync(database, TimeSpan.FromSeconds(Math.Max(60, 4 * took)), Add);
        await LargeSection.WriteAsync(await SectionAsync(server, lines));
        Console.Error.WriteLine($"written to {LargeSection.File}");
        return 0;
    }

    private static async Task ReadAsync(Fresh database, TimeSpan most, Action<string, FormattableString> add)
    {
        var (service, address) = await Practice.ServeAsync(database);
        await using (service)
        {
            var readers = await Reader.OfAsync(database, address);
            var slowest = 0d;
            foreach (var reader in readers)
            {
                await reader.ReadAsync(3);
                foreach (var (what, latencies) in await reader.ReadAsync(Reads))
                {
                    add(char.ToUpperInvariant(what[0]) + what[1..], $"half within {latencies.Within(0.5):0.0} ms, 99 in 100 within {latencies.Within(0.99):0.0} ms");
                    slowest = Math.Max(slowest, latencies.Within(0.99));
                }
            }

            add(LargeSection.SlowestPage.Trim('|', ' '), $"{slowest:0.0} ms ({50 / slowest:0.00} of the goal of 50 ms)");
            var (reads, sends, seconds) = await UnderRebuild.MeasureAsync(database, address, readers, most);
            add(
                "While everything is rebuilt and 200 events a second come in, reads: 99 in 100 within",
                $"{reads.Within(0.99):0.0} ms ({100 / reads.Within(0.99):0.00} of the goal of 100 ms)");
            add("… senders: 99 in 100 within", $"{sends.Within(0.99):0.0} ms");
            add("… that rebuild", $"{(seconds is null ? "did not end within" : "took")} {seconds ?? most.TotalSeconds:N0} s");
            readers.ToList().ForEach(reader => reader.Dispose());
        }
    }

    private static async Task<(double Seconds, long Peak)> ImportAsync(Fresh database, IEnumerable<(string File, long Events)> files)
    {
        var (seconds, used) = await Practice.RunAsync(["import", .. files.Select(file => file.File), "--connection", database.ConnectionString, "--json"]);
        return (seconds, used.Peak);
    }

    private static async Task<string> SectionAsync(Server server, List<(string What, string Figure)> lines)
    {
        var section = new StringBuilder();
        section.Append(CultureInfo.InvariantCulture, $"""
            {LargeSection.Heading}

            Written by `make bench-large`, one run. Each page is read {Reads} times, one request after the other, by a team manager, a head of service or
            a reviewing officer of one of the authorities.

            {await Description.OfAsync(server)}

            | measured | figure |
            |---|---:|

            """);
        foreach (var (what, figure) in lines)
        {
            section.Append(CultureInfo.InvariantCulture, $"| {what} | {figure} |\n");
        }

        return section.ToString();
    }

    private static void Room(string folder)
    {
        var (free, wanted) = (new DriveInfo(folder).AvailableFreeSpace, Knobs.Large * 3000L);
        if (free < wanted)
        {
            throw new BenchException(
                $"{Knobs.Large:N0} events want about {wanted >> 30} GiB in {Path.GetTempPath()}, and {free >> 30} GiB are free. "
                + "Set TMPDIR, or BENCH_LARGE to fewer events.");
        }
    }
}
