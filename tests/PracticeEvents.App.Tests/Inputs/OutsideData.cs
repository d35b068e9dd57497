namespace PracticeEvents.App.Tests.Inputs;

/// <summary>Sample files that others publish, when they lie beside the repository. They are no part of it, so a test must mean something without them.</summary>
internal static class OutsideData
{
    /// <summary>The file's path, or nothing when it is not there.</summary>
    public static string? Find(string path)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "shared", "data", path);
            if (File.Exists(candidate))
            {
                return candidate;
            }
        }

        return null;
    }
}
