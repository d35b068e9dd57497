using Npgsql;

namespace PracticeEvents.Store;

/// <summary>One connection of the queue, kept open with its statement prepared. Runs one batch at a time.</summary>
internal sealed class AppendLane(NpgsqlDataSource source) : IAsyncDisposable
{
    private OwnSession? _session;
    private AppendCommand? _command;

    /// <summary>Whether the server still answers on this connection.</summary>
    public bool IsOpen => _session is { IsOpen: true };

    /// <summary>Whether the connection was opened for the last batch, rather than kept from one before.</summary>
    public bool IsFresh { get; private set; }

    /// <summary>Appends a batch. After an error that leaves the connection broken the next call opens another.</summary>
    public async Task<(IReadOnlyList<Receipt> Receipts, TimeSpan Waited)> RunAsync(AppendBatch batch, CancellationToken ct)
    {
        IsFresh = !IsOpen;
        if (IsFresh)
        {
            await CloseAsync();
            _session = await AppendSession.OpenAsync(source, ct);
            _command = new AppendCommand(_session.Connection);
        }

        return await _command!.RunAsync(batch, ct, prepare: true);
    }

    public ValueTask DisposeAsync() => new(CloseAsync());

    /// <summary>Lets go of the connection; the next batch opens another.</summary>
    public async Task CloseAsync()
    {
        if (_command is not null)
        {
            await _command.DisposeAsync();
            _command = null;
        }

        if (_session is not null)
        {
            await _session.DisposeAsync();
            _session = null;
        }
    }
}
