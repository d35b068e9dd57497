using System.Globalization;
using System.Security.Cryptography;

namespace PracticeEvents.Store;

/// <summary>The files of one cluster: its locks and password in the folder given, its data where the server's user can reach it.</summary>
internal sealed class ClusterFolder
{
    private const string Elsewhere = "/var/lib/practice-events";

    private ClusterFolder(string folder) => Folder = folder;

    /// <summary>The folder that was asked for.</summary>
    public string Folder { get; }

    /// <summary>Where the server's files are.</summary>
    public string Home { get; private set; } = "";

    public string Data => Path.Combine(Home, "data");

    /// <summary>A place to make the data aside. Never the same twice: what made the last one may still be at work in it.</summary>
    public string NewPartial()
    {
        foreach (var left in Directory.EnumerateDirectories(Home, "data.partial-*"))
        {
            try
            {
                Directory.Delete(left, recursive: true);
            }
            catch (IOException)
            {
                // Something still writes there; a later start removes it.
            }
        }

        return Path.Combine(Home, $"data.partial-{RandomNumberGenerator.GetHexString(8, lowercase: true)}");
    }

    public string ServerLog => Path.Combine(Home, "server.log");

    private string StartLockFile => Path.Combine(Folder, "cluster.starting");

    private string InUseFile => Path.Combine(Folder, "cluster.in-use");

    private string PointerFile => Path.Combine(Folder, "cluster.pointer");

    /// <summary>The port that the server last listened on.</summary>
    public int? LastPort
    {
        get => File.Exists(PortFile) && int.TryParse(File.ReadAllText(PortFile), CultureInfo.InvariantCulture, out var port) ? port : null;
        set => File.WriteAllText(PortFile, value?.ToString(CultureInfo.InvariantCulture));
    }

    private string PortFile => Path.Combine(Folder, "cluster.port");

    private string PasswordFile => Path.Combine(Folder, "cluster.password");

    /// <summary>Makes the folder if need be.</summary>
    public static ClusterFolder Open(string folder)
    {
        var full = Path.GetFullPath(folder);
        try
        {
            Directory.CreateDirectory(full);
            using var probe = new FileStream(Path.Combine(full, "cluster.in-use"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ClusterException($"The data folder {full} cannot be written to: {error.Message}", error);
        }

        return new ClusterFolder(full);
    }

    /// <summary>One process at a time starts or stops the server.</summary>
    public async Task<FileStream> LockStartAsync(TimeSpan within, CancellationToken ct)
    {
        using var late = new CancellationTokenSource(within);
        while (true)
        {
            if (TryLock(StartLockFile, FileAccess.ReadWrite, FileShare.None) is { } held)
            {
                return held;
            }

            if (late.IsCancellationRequested)
            {
                throw new ClusterException($"Another process has been starting or stopping the cluster in {Folder} for too long.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), ct);
        }
    }

    /// <summary>Says that this process uses the cluster; the kernel forgets it when the process ends, however it ends.</summary>
    public FileStream LockUse() => TryLock(InUseFile, FileAccess.Read, FileShare.Read)
        ?? throw new ClusterException($"The data folder {Folder} cannot be locked.");

    /// <summary>Whether nobody uses the cluster. Asked under the start lock, so that nobody can begin meanwhile.</summary>
    public bool IsUnused()
    {
        using var alone = TryLock(InUseFile, FileAccess.ReadWrite, FileShare.None);
        return alone is not null;
    }

    /// <summary>Finds or makes the place for the server's files.</summary>
    public async Task SettleAsync(ServerUser user, CancellationToken ct)
    {
        if (File.Exists(PointerFile))
        {
            Home = (await File.ReadAllTextAsync(PointerFile, ct)).Trim();
        }
        else
        {
            Home = Path.Combine(Folder, "postgres");
            if (!await TryMakeHomeAsync(user, ct))
            {
                Directory.Delete(Home, recursive: true);
                Home = Path.Combine(Elsewhere, RandomNumberGenerator.GetHexString(12, lowercase: true));
                var unfinished = PointerFile + ".new";
                await File.WriteAllTextAsync(unfinished, Home, ct);
                File.Move(unfinished, PointerFile, overwrite: true);
            }
        }

        if (!await TryMakeHomeAsync(user, ct))
        {
            throw new ClusterException($"The folder {Home} cannot be used by the user that PostgreSQL runs as.");
        }
    }

    /// <summary>The password of the cluster's one role, made the first time; only its owner may read it.</summary>
    public async Task<string> PasswordAsync(CancellationToken ct)
    {
        if (File.Exists(PasswordFile))
        {
            return (await File.ReadAllTextAsync(PasswordFile, ct)).Trim();
        }

        var password = RandomNumberGenerator.GetHexString(48, lowercase: true);
        var unfinished = PasswordFile + ".new";
        File.Delete(unfinished);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using (var file = new FileStream(unfinished, options))
        await using (var writer = new StreamWriter(file))
        {
            await writer.WriteLineAsync(password);
        }

        File.Move(unfinished, PasswordFile);
        return password;
    }

    /// <summary>Deletes everything; for a throwaway cluster that has stopped.</summary>
    public void Delete()
    {
        foreach (var folder in new[] { Home, Folder }.Where(Directory.Exists))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task<bool> TryMakeHomeAsync(ServerUser user, CancellationToken ct)
    {
        try
        {
            Directory.CreateDirectory(Home);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ClusterException($"The folder {Home} cannot be made: {error.Message}", error);
        }

        if (user.IsOther)
        {
            await ServerUser.Current.MustRunAsync($"give {Home} to the user postgres", "chown", ["postgres:", Home], null, ct);
        }

        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Home, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return (await user.RunAsync("test", ["-w", Home], null, ct)).ExitCode == 0;
    }

    private FileStream? TryLock(string path, FileAccess access, FileShare share)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, access, share);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new ClusterException($"The data folder {Folder} cannot be written to: {error.Message}", error);
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
        catch (IOException error)
        {
            throw new ClusterException($"The data folder {Folder} cannot be used: {error.Message}", error);
        }
    }
}
