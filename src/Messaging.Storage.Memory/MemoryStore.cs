namespace Messaging.Storage.Memory;

/// <summary>Keeps messages, work and entities in this process; what it holds ends with the process. Safe for concurrent use.</summary>
/// <remarks>Every call completes synchronously, but for <see cref="WaitForWorkAsync(CancellationToken)"/>. One lock guards all of it, so a commit is seen whole or not at all.</remarks>
public sealed partial class MemoryStore : IMessageStore, IWorkQueue, IMessageReader, IEntityStore, IDisposable
{
    /// <summary>Twice what a change can add, so that the sweep overtakes the growth.</summary>
    private const int RowsSweptPerChange = 2;

    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly StoreImage _image;
    private readonly StoreOperations _operations;
    private readonly WorkSignal _signal;
    private long _now;

    /// <summary>Initializes an empty store that keeps history as long as the options do by default.</summary>
    /// <param name="time">Decides what is due and which leases and keys have ended.</param>
    public MemoryStore(TimeProvider time)
        : this(time, new MemoryStoreOptions())
    {
    }

    /// <summary>Initializes an empty store.</summary>
    /// <param name="time">Decides what is due and which leases and keys have ended.</param>
    /// <param name="options">How long history is kept.</param>
    public MemoryStore(TimeProvider time, MemoryStoreOptions options)
    {
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(options);
        _time = time;
        _image = new StoreImage(options);
        _operations = new StoreOperations(_image, options);
        _signal = new WorkSignal(time, OnTimer);
    }

    /// <summary>Gets the lock that guards the image; a durable store that builds on this one holds it while it applies and writes down.</summary>
    internal Lock Gate => _gate;

    /// <summary>Gets all that is kept.</summary>
    internal StoreImage Image => _image;

    /// <summary>Gets what can be done to it.</summary>
    internal StoreOperations Operations => _operations;

    /// <summary>Gets the bytes that bodies and texts take up, those of records included that nobody needs any more and that share memory with others.</summary>
    internal long Size
    {
        get
        {
            lock (_gate)
            {
                return _image.Payloads.Size + _image.Records.Size;
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ChangeResult>> CommitAsync(IReadOnlyList<Change> changes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(changes);
        cancellationToken.ThrowIfCancellationRequested();
        ChangeArguments.Check(changes);
        var results = new ChangeResult[changes.Count];
        lock (_gate)
        {
            var now = Tick();
            for (var i = 0; i < results.Length; i++)
            {
                results[i] = _operations.Commit(changes[i], now);
            }

            _operations.Sweep(now, results.Length * RowsSweptPerChange);

            Signal();
        }

        return ValueTask.FromResult<IReadOnlyList<ChangeResult>>(results);
    }

    /// <summary>Stops the timer behind <see cref="WaitForWorkAsync(CancellationToken)"/>.</summary>
    public void Dispose() => _signal.Dispose();

    /// <summary>Reads the clock, which never runs back here, and makes ready what has become due. What anybody does begins with it, so that memory is trimmed here.</summary>
    internal long Tick()
    {
        _image.Trim();
        _now = Math.Max(_now, _time.GetUtcNow().UtcTicks);
        _operations.Promote(_now);
        return _now;
    }

    /// <summary>Wakes those who wait for work, if there is some for them.</summary>
    internal void Signal()
    {
        if (!_signal.HasWaiters)
        {
            return;
        }

        if (_image.Queue.HasReady(_signal.Kinds))
        {
            _signal.Wake();
        }
        else
        {
            _signal.Arm(_image.Queue.NextAt);
        }
    }

    /// <summary>Says that the clock has shown a moment before: it does not run back behind what a restart replays.</summary>
    internal void SetNow(long now) => _now = Math.Max(_now, now);

    private void OnTimer()
    {
        lock (_gate)
        {
            _signal.Elapsed();
            _operations.LoseEnded(Tick());
            Signal();
        }
    }
}
