namespace PracticeEvents.App.Tests.Web.Harness;

/// <summary>Finds files of the repository from where the tests run.</summary>
internal static class Repository
{
    /// <summary>The full path of a file or folder under the repository's root; null when it is not there.</summary>
    public static string? Find(string path)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "PracticeEvents.sln")))
            {
                var found = Path.Combine(folder.FullName, path);
                return Path.Exists(found) ? found : null;
            }
        }

        return null;
    }

    /// <summary>The service's own source files that end so, such as <c>.cs</c>.</summary>
    public static IEnumerable<string> Sources(params string[] endings) =>
        from ending in endings
        from file in Directory.EnumerateFiles(Find("src")!, $"*{ending}", SearchOption.AllDirectories)
        where !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
        select file;
}
