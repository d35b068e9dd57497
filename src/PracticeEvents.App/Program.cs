using PracticeEvents.App.Cli;

return await CommandLine.RunAsync(args);
