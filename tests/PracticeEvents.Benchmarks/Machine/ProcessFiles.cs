using System.Globalization;

namespace PracticeEvents.Benchmarks.Machine;

/// <summary>What Linux tells of a process under <c>/proc</c>.</summary>
internal static class ProcessFiles
{
    // Linux counts processor time in hundredths of a second, whatever its kernel's tick.
    private const double TicksPerSecond = 100;

    // Places in /proc/PID/stat after the name, which may hold spaces: state is the first.
    private const int Parent = 1, InProgram = 11, InKernel = 12, EndedInProgram = 13, EndedInKernel = 14;

    /// <summary>Processor seconds of a process.</summary>
    public static double Cpu(int pid) => Stat(pid) is { } stat ? (stat[InProgram] + stat[InKernel]) / TicksPerSecond : 0;

    /// <summary>Processor seconds of a process and its children, those that have ended among them.</summary>
    public static double CpuOfFamily(int pid) => Stat(pid) is { } own
        ? (own[InProgram] + own[InKernel] + own[EndedInProgram] + own[EndedInKernel]) / TicksPerSecond + Children(pid).Sum(Cpu)
        : 0;

    /// <summary>A line of a process's status in KiB, such as <c>VmRSS</c> (resident now) or <c>VmHWM</c> (most ever resident).</summary>
    public static long Memory(int pid, string line) =>
        File.ReadLines($"/proc/{pid}/status").Where(l => l.StartsWith(line + ":", StringComparison.Ordinal))
            .Select(l => long.Parse(l.Split(' ', '\t').First(w => w.Length > 0 && char.IsAsciiDigit(w[0])), CultureInfo.InvariantCulture)).FirstOrDefault();

    private static IEnumerable<int> Children(int pid) => Directory.EnumerateDirectories("/proc")
        .Select(folder => int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var child) ? child : 0)
        .Where(child => child > 0 && Stat(child) is { } stat && stat[Parent] == pid);

    private static long[]? Stat(int pid)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{pid}/stat");
            return
            [
                .. text[(text.LastIndexOf(')') + 2)..].Split(' ').Take(EndedInKernel + 1)
                    .Select(word => long.TryParse(word, CultureInfo.InvariantCulture, out var number) ? number : 0),
            ];
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
