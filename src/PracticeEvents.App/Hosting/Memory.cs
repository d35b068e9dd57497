using System.Runtime.InteropServices;

namespace PracticeEvents.App.Hosting;

/// <summary>Memory that the service no longer needs; the machine has other things to do with it.</summary>
internal static partial class Memory
{
    /// <summary>Gives back what is free, in the managed heap and beside it, where the compiler works and glibc keeps what it has freed. Takes some milliseconds, in which nothing else runs.</summary>
    public static void GiveBack()
    {
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        try
        {
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
