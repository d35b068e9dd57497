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
}
