using System.Runtime.InteropServices;

namespace PracticeEvents.Benchmarks.Machine;

/// <summary>The machine in words.</summary>
internal static class Description
{
    public static async Task<string> OfAsync(Server server) =>
        $"{Environment.ProcessorCount} processors ({Processor()}), {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1 << 30)} GiB of memory, "
        + $"{RuntimeInformation.FrameworkDescription}, {await server.DescriptionAsync()}.";

    private static string Processor() => File.Exists("/proc/cpuinfo")
        && File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal)) is { } model
            ? model.Split(':')[1].Trim()
            : $"{RuntimeInformation.OSArchitecture}";
}
