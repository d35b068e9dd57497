using PracticeEvents.Benchmarks;

return args is [] or ["bench"] ? await Bench.RunAsync() : args is ["soak"] ? await Soak.RunAsync() : Usage();

static int Usage()
{
    Console.Error.WriteLine("bench measures and writes docs/performance.md; soak sends events for SOAK_MINUTES (default 10), restarting the service every half minute, and counts.");
    return 2;
}
