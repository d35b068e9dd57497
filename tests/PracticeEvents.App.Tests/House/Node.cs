using System.Diagnostics;
using PracticeEvents.App.Tests.Web.Harness;
using Xunit;

namespace PracticeEvents.App.Tests.House;

/// <summary>Runs what others wrote in JavaScript, with the packages of package.json.</summary>
internal static class Node
{
    /// <summary>Runs a script that reads its input to the end and prints its answer.</summary>
    public static async Task<string> RunAsync(string script, string input)
    {
        using var node = System.Diagnostics.Process.Start(new ProcessStartInfo("node", ["-e", script])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetDirectoryName(Repository.Find("package.json"))!,
        })!;
        await node.StandardInput.WriteAsync(input);
        node.StandardInput.Close();
        var (said, complaint) = (node.StandardOutput.ReadToEndAsync(), node.StandardError.ReadToEndAsync());
        await node.WaitForExitAsync();
        Assert.True(node.ExitCode == 0, await complaint);
        return await said;
    }
}
