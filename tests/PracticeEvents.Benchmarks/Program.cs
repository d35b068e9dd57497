using PracticeEvents.Benchmarks;
using PracticeEvents.Benchmarks.Large;
using PracticeEvents.Benchmarks.Machine;
using PracticeEvents.Benchmarks.Year;

try
{
    return args switch
    {
        [] or ["bench"] => await Bench.RunAsync(),
        ["large"] => await LargeRun.RunAsync(),
        ["soak"] => await LongSoak.RunAsync(),
        ["year"] => await YearRun.RunAsync(),
        ["practice", .. var rest] => await Practice.AnswerAsync(rest),
        _ => Usage(),
    };
}
catch (Exception) when (Server.IsEnding)
{
    // The one who cleans up ends the program.
    await Task.Delay(Timeout.Infinite);
    return 130;
}
catch (BenchException wrong)
{
    Console.Error.WriteLine(wrong.Message);
    return 1;
}

static int Usage()
{
    Console.Error.WriteLine("""
        bench      measures and writes docs/performance.md
        large      measures over ten million events and writes the section of that name
        soak       harms three nodes for SOAK_MINUTES (default 15) as SOAK_SEED says, and proves that nothing was lost, doubled or wrong
        year       has an average authority live through a year and writes docs/a-year-of-alerts.md
        practice   runs the command line of practice, for a measure that wants it in a process of its own
        """);
    return 2;
}
