using System.Reflection;
using Xunit;
using Xunit.Abstractions;
using Xunit.Sdk;

[assembly: TestFramework("PracticeEvents.App.Tests.House.WholeRun", "PracticeEvents.App.Tests")]
[assembly: TestCollectionOrderer("PracticeEvents.App.Tests.House.LongestFirst", "PracticeEvents.App.Tests")]
// One more than the cores of a small machine: the soak leaves most of a core to others.
[assembly: CollectionBehavior(MaxParallelThreads = 3)]

namespace PracticeEvents.App.Tests.House;

/// <summary>xunit as it is, which also stops the <see cref="OneServer"/> after the last test: it has no fixture for a whole assembly.</summary>
public sealed class WholeRun(IMessageSink messages) : XunitTestFramework(messages)
{
    protected override ITestFrameworkExecutor CreateExecutor(AssemblyName assemblyName) => new Executor(assemblyName, SourceInformationProvider, DiagnosticMessageSink);

    private sealed class Executor(AssemblyName assembly, ISourceInformationProvider sources, IMessageSink diagnostics) : XunitTestFrameworkExecutor(assembly, sources, diagnostics)
    {
        protected override async void RunTestCases(IEnumerable<IXunitTestCase> testCases, IMessageSink executionMessageSink, ITestFrameworkExecutionOptions executionOptions)
        {
            using var run = new Run(TestAssembly, testCases, DiagnosticMessageSink, executionMessageSink, executionOptions);
            await run.RunAsync();
        }
    }

    private sealed class Run(
        ITestAssembly assembly, IEnumerable<IXunitTestCase> cases, IMessageSink diagnostics, IMessageSink execution, ITestFrameworkExecutionOptions options)
        : XunitTestAssemblyRunner(assembly, cases, diagnostics, execution, options)
    {
        protected override async Task BeforeTestAssemblyFinishedAsync()
        {
            await OneServer.StopAsync();
            await base.BeforeTestAssemblyFinishedAsync();
        }
    }
}
