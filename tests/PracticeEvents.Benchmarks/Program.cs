using PracticeEvents.Benchmarks;

return args is [] or ["bench"] ? await Bench.RunAsync() : args is ["soak"] ? await LongSoak.RunAsync() : Usage();

static int Usage()
{
    Console.Error.WriteLine("bench measures and writes docs/performance.md; soak harms three nodes for SOAK_MINUTES (default 15) as SOAK_SEED says, and proves that nothing was lost, doubled or wrong.");
    return 2;
}
