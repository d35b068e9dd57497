using System.Runtime.InteropServices;

namespace PracticeEvents.App.Hosting;

/// <summary>Gives back memory that the service no longer needs, whenever it has had next to nothing to do for a while; the machine has other things to do with it.</summary>
internal sealed partial class Memory(TimeProvider time) : BackgroundService
{
    // A collection of everything takes as long as the heap is large. Beyond this a reader might notice, and the little that a quiet time leaves is not worth it.
    private const long LargestHeap = 64 * 1024 * 1024;
    private const double Quiet = 0.05;

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Look);
        for (var (used, at) = Now(); await timer.WaitForNextTickAsync(stoppingToken).AsTask().ContinueWith(t => t.IsCompletedSuccessfully && t.Result, TaskScheduler.Default);)
        {
            var (before, began) = (used, at);
            (used, at) = Now();
            if ((used - before) / (at - began) < Quiet)
            {
                GiveBack();
            }
        }

        (TimeSpan Used, TimeSpan At) Now() => (Environment.CpuUsage.TotalTime, time.GetElapsedTime(0));
    }

    private static void GiveBack()
    {
        if (GC.GetTotalMemory(forceFullCollection: false) < LargestHeap)
        {
            GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }

        try
        {
            // The compiler works outside the managed heap, and glibc keeps what it has freed.
            _ = MallocTrim(0);
        }
        catch (Exception e) when (e is EntryPointNotFoundException or DllNotFoundException)
        {
            // Not glibc: other allocators give back by themselves.
        }
    }

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int MallocTrim(nuint pad);
}
