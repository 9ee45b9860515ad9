using System.Diagnostics.Metrics;
using Messaging.Storage.Journal.Commit;
using Messaging.Storage.Journal.Diagnostics;
using Messaging.Storage.Journal.Encoding;
using Messaging.Storage.Journal.Files;
using Messaging.Storage.Journal.Log;
using Messaging.Storage.Journal.Moving;
using Messaging.Storage.Journal.Recovery;
using Messaging.Storage.Journal.Snapshots;
using Messaging.Storage.Memory;
using Microsoft.Extensions.Logging;

namespace Messaging.Storage.Journal;

/// <summary>Keeps messages, work and entities in this process and in a journal on disk, from which it is read back. Safe for concurrent use.</summary>
/// <remarks>
/// A change is applied to the image and given its place in the journal under one lock, so that the journal's order is the order of effects; of callers who
/// come at once one applies what all of them bring. It is acknowledged once it is as durable as <see cref="JournalOptions.Durability"/> says, and no work
/// is handed out that builds on something less durable.
/// </remarks>
public sealed partial class JournalStore : IMessageStore, IWorkQueue, IMessageReader, IEntityStore, IDisposable
{
    /// <summary>Twice what a change can add, so that the sweep overtakes the growth.</summary>
    private const int RowsSweptPerChange = 2;

    /// <summary>How far fences leap at each start: further than claims can be lost with the power.</summary>
    private const long FenceLeap = 1L << 32;

    private const long ManyRecords = 100_000;

    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(1);

    private readonly MemoryStore _memory;
    private readonly DirectoryLock _lock;
    private readonly ImageFiles _files;
    private readonly JournalLog _log;
    private readonly Compactor _compactor;
    private readonly ITimer _timer;
    private readonly CommitLine _line;
    private readonly bool _waitsForDisk;
    private readonly List<Guid> _forgotten = [];
    private readonly List<Guid> _faded = [];

    /// <summary>The moments at which claims were ended while there was no room to say so.</summary>
    private readonly List<long> _unsaid = [];

    /// <summary>What must be durable before work may leave the store.</summary>
    private Task _urgent = Task.CompletedTask;

    /// <summary>Opens a journal; makes a new one when the directory is empty.</summary>
    /// <param name="options">Where it stands and what it keeps.</param>
    /// <param name="time">Decides what is due and which leases and keys have ended.</param>
    /// <param name="logger">Is told what was found on opening.</param>
    /// <param name="meters">Makes the meter that is told of the disk; <see langword="null"/> for one of the store's own.</param>
    /// <exception cref="JournalException">The journal is locked, damaged, of a newer format, or cannot be written.</exception>
    public JournalStore(JournalOptions options, TimeProvider time, ILogger<JournalStore> logger, IMeterFactory? meters = null)
        : this(options, time, logger, new JournalDisk(PathOf(options)), meters: meters)
    {
    }

    /// <param name="options">Where it stands and what it keeps.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Is told what was found on opening.</param>
    /// <param name="disk">The files.</param>
    /// <param name="keepsClaims">Whether claims of before still hold, as if there had been no restart; for comparisons.</param>
    /// <param name="meters">Makes the meter.</param>
    internal JournalStore(
        JournalOptions options, TimeProvider time, ILogger logger, IJournalDisk disk, bool keepsClaims = false, IMeterFactory? meters = null)
    {
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(logger);
        _line = new CommitLine(TryCommit);
        _waitsForDisk = options.Durability == JournalDurability.LosesNothing;
        _lock = DirectoryLock.Take(disk.Root, options.LockTimeout);
        _memory = new MemoryStore(time, MemoryOf(options));
        _files = new ImageFiles(disk, options, _memory.Image);
        try
        {
            MovedMark.ThrowIfIn(disk.Root);
            var journal = new JournalRecovery(disk, options, _memory, _files, logger).Run();
            _log = new JournalLog(disk, journal, options, new JournalTelemetry(meters));
            _files.Damaged = _log.Refuse;
            _compactor = new Compactor(disk, options, _log, _memory, _files, logger);
            Begin(journal, keepsClaims);
            GiveBack(journal.Replayed);
            Heal(journal.IsSalvaged);
            _timer = time.CreateTimer(_ => Look(), null, LookEvery, LookEvery);
        }
        catch (Exception exception)
        {
            _log?.Dispose();
            _files.Dispose();
            _memory.Dispose();
            _lock.Dispose();
            if (exception is IOException and not JournalException)
            {
                throw DiskErrors.IsFull((IOException)exception) ? LogFailures.Full(exception) : LogFailures.Faulted(exception);
            }

            throw;
        }
    }

    /// <summary>Gets what is in memory.</summary>
    internal MemoryStore Memory => _memory;

    /// <summary>Gets how many bytes of rows and records are in memory.</summary>
    internal long BytesInMemory
    {
        get
        {
            lock (_memory.Gate)
            {
                var image = _memory.Image;
                return image.Deliveries.Rows.Loaded + image.Messages.Rows.Loaded + image.Records.InMemory;
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<ChangeResult>> CommitAsync(IReadOnlyList<Change> changes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(changes);
        cancellationToken.ThrowIfCancellationRequested();
        ChangeArguments.Check(changes);
        var commit = new PendingCommit(changes, _log.LargestRecord);
        try
        {
            while (!await _line.ApplyAsync(commit).ConfigureAwait(false))
            {
                await _log.MakeRoomAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            commit.Dispose();
        }

        await commit.Acknowledged.ConfigureAwait(false);
        return commit.Results;
    }

    /// <summary>Flushes what is on its way and lets go of the directory.</summary>
    public void Dispose()
    {
        _timer.Dispose();
        _compactor.Dispose();
        _log.Dispose();
        _files.Dispose();
        _memory.Dispose();
        _lock.Dispose();
    }

    /// <summary>Puts a snapshot in the place of what was written before it. The store does so by itself; call it before a copy is made, or once much was deleted.</summary>
    /// <param name="cancellationToken">Ends the wait for room or for a compaction that runs already.</param>
    /// <exception cref="JournalException">The disk is full or failed; the journal is as it was.</exception>
    public Task CompactAsync(CancellationToken cancellationToken = default) => _compactor.CompactAsync(cancellationToken);

    /// <summary>Copies everything into another directory, as it stands at one moment, while the store goes on. The copy is a journal that can be opened.</summary>
    /// <param name="directory">Where to: empty, or not there yet.</param>
    /// <param name="cancellationToken">Gives up; what was copied so far is left.</param>
    /// <exception cref="ArgumentException">The directory is not empty.</exception>
    /// <exception cref="IOException">The copy could not be written.</exception>
    public Task BackupAsync(string directory, CancellationToken cancellationToken = default) =>
        _compactor.BackupAsync(new JournalBackup(directory), cancellationToken);

    private static MemoryStoreOptions MemoryOf(JournalOptions options) => new()
    {
        KeepHistoryFor = options.KeepHistoryFor,
        KeepContentsFor = options.KeepContentsFor,
        KeepDeadLettersFor = options.KeepDeadLettersFor,
        KeepCategoriesFor = options.KeepCategoriesFor.AsReadOnly(),
        KeepStatisticsFor = options.KeepStatisticsFor,
        HasPages = true,
    };

    private static string PathOf(JournalOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Path.GetFullPath(options.Path);
    }

    private void Begin(RecoveredJournal journal, bool keepsClaims)
    {
        lock (_memory.Gate)
        {
            _compactor.Start(journal, _memory.Tick());
            _memory.Operations.Losing = Lose;
            (_memory.Operations.Sweeper.Forgotten, _memory.Operations.Sweeper.Faded) = (_forgotten, _faded);
            if (!keepsClaims)
            {
                TakeOver(_log);
            }
        }
    }

    /// <summary>Writes down what a damaged journal still told, in its place: the next start finds nothing damaged.</summary>
    private void Heal(bool isSalvaged)
    {
        if (isSalvaged)
        {
            var healing = Task.Run(() => _compactor.CompactAsync(CancellationToken.None));
            ((IAsyncResult)healing).AsyncWaitHandle.WaitOne();
            if (healing.Exception is { } failure)
            {
                throw failure.InnerException!;
            }
        }
    }

    /// <summary>Gives memory back that a long journal was read through, before the host begins to work.</summary>
    private static void GiveBack(long replayed)
    {
        if (replayed > ManyRecords)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }
    }

    /// <summary>Sees whether the journal must be compacted, also when nobody writes to it.</summary>
    private void Look()
    {
        lock (_memory.Gate)
        {
            _compactor.Look(_memory.Tick());
        }
    }

    /// <summary>Ends the claims of the process before, and begins fences that it can never have given out.</summary>
    private void TakeOver(JournalLog log)
    {
        var (now, queue) = (_memory.Tick(), _memory.Image.Queue);
        _memory.Operations.LoseAll(now);
        queue.Fence = (queue.Fence / FenceLeap * FenceLeap) + FenceLeap;
        using var record = new ControlRecord(now);
        record.Payload.Int64(queue.Fence);
        record.Append(log, RecordType.Opened);
    }

    /// <summary>Applies as many of the changes as there is room for.</summary>
    /// <returns><see langword="false"/> when some are left.</returns>
    private bool TryCommit(PendingCommit commit)
    {
        lock (_memory.Gate)
        {
            _log.ThrowIfFailed();
            var now = _memory.Tick();
            try
            {
                while (commit.HasNext && _log.HasRoom(commit.NextLength))
                {
                    Commit(commit, now);
                }
            }
            catch (JournalException damage) when (damage.Problem == JournalProblem.Corrupt)
            {
                // The change is half applied in memory and nowhere else.
                _log.Refuse(damage);
                throw;
            }

            commit.Acknowledged = _waitsForDisk && !commit.MayLinger ? _urgent : commit.Acknowledged;
            _compactor.Look(now);
            _memory.Signal();
            return !commit.HasNext;
        }
    }

    private void Commit(PendingCommit commit, long now)
    {
        _memory.Image.Trim();
        Say();
        var result = _memory.Operations.Commit(commit.Next, now);
        if (result.Status == ChangeStatus.Applied)
        {
            var isUrgent = _waitsForDisk && !commit.NextMayLinger;
            var batch = commit.Append(_log, now, isUrgent);
            _urgent = isUrgent ? batch.Durable : _urgent;
            commit.Acknowledged = batch.Written;
        }

        commit.Take(result);
        Sweep(now);
    }

    /// <summary>Forgets some history, and says so.</summary>
    private void Sweep(long now)
    {
        if (!_log.HasRoom(0))
        {
            return;
        }

        _memory.Operations.Sweep(now, RowsSweptPerChange);
        Say(RecordType.Fade, _faded, now);
        Say(RecordType.Forget, _forgotten, now);
    }

    private void Say(RecordType type, List<Guid> ids, long now)
    {
        if (ids.Count == 0)
        {
            return;
        }

        using var record = new ControlRecord(now);
        record.Payload.Number(ids.Count);
        foreach (var id in ids)
        {
            record.Payload.Guid(id);
        }

        ids.Clear();
        record.Append(_log, type);
    }

    /// <summary>Writes down that claims are ended, which others notice that read or wait; if there is no room now, then before anything else.</summary>
    private void Lose(long now)
    {
        _unsaid.Add(now);
        Say();
    }

    private void Say()
    {
        if (_unsaid.Count == 0 || !_log.HasRoom(sizeof(long) * _unsaid.Count * 8, mayUseSlack: true))
        {
            return;
        }

        foreach (var moment in _unsaid)
        {
            using var record = new ControlRecord(moment);
            record.Append(_log, RecordType.Lose);
        }

        _unsaid.Clear();
    }
}
