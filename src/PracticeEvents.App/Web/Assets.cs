using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.Extensions.FileProviders;
using Microsoft.Net.Http.Headers;

namespace PracticeEvents.App.Web;

/// <summary>
/// Styles and scripts, served from the folder beside the executable whatever the working directory. An address carries its
/// file's hash and is kept for a year; asked for without one, the browser checks each time.
/// </summary>
internal sealed class Assets : IDisposable
{
    private readonly PhysicalFileProvider files = new(Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "wwwroot")).FullName);
    private readonly ConcurrentDictionary<string, string> addresses = new();

    /// <summary>The address of a file under wwwroot, such as "/assets/practice.css".</summary>
    public string Address(string path) => addresses.GetOrAdd(path, WithHash);

    public StaticFileOptions Options => new()
    {
        FileProvider = files,
        OnPrepareResponse = static served => served.Context.Response.Headers[HeaderNames.CacheControl] =
            served.Context.Request.Query.ContainsKey("v") ? "public, max-age=31536000, immutable" : "no-cache",
    };

    public void Dispose() => files.Dispose();

    private string WithHash(string path)
    {
        var file = files.GetFileInfo(path);
        if (!file.Exists)
        {
            throw new FileNotFoundException($"The file {path} is missing from wwwroot. Run \"make css\", then build again.", path);
        }

        using var content = file.CreateReadStream();
        return $"{path}?v={Convert.ToHexStringLower(SHA256.HashData(content))[..12]}";
    }
}
