using Messaging.Storage.Journal.Diagnostics;
using Messaging.Storage.Journal.Encoding;
using Messaging.Storage.Journal.Files;
using Messaging.Storage.Journal.Recovery;

namespace Messaging.Storage.Journal.Log;

/// <summary>The end of the journal: gives each record its place, and has a thread of its own write what has gathered, then flush it once for all who wait.</summary>
/// <remarks>Safe for concurrent use. Records are in the order of <see cref="Append"/>, which the store calls under its lock, right after it applied what the record says.</remarks>
internal sealed partial class JournalLog : IDisposable
{
    /// <summary>Claims and the like must find room although changes do not.</summary>
    private const int MostSlack = 256 * 1024;

    private readonly object _gate = new();
    private readonly SegmentMaker _maker;
    private readonly LogWriter _writer;
    private readonly Thread _thread;
    private readonly LogPace _pace;
    private readonly int _segmentSize;
    private readonly int _slack;
    private LogBatch _pending = new();
    private LogPosition _next;

    /// <summary>The size of the segment that is being filled; one that was begun under other options has another.</summary>
    private int _size;
    private Task? _making;
    private bool _spare;
    private bool _isIdle;
    private bool _stopping;
    private JournalException? _failure;
    private JournalException? _refusal;

    public JournalLog(IJournalDisk disk, RecoveredJournal journal, JournalOptions options, JournalTelemetry telemetry)
    {
        (_next, _size, _segmentSize, _spare) = (journal.Next, journal.SegmentSize, options.SegmentSize, journal.HasSpare);
        _slack = Math.Min(MostSlack, options.SegmentSize / 8);
        _maker = new SegmentMaker(disk, options.SegmentSize);
        _writer = new LogWriter(disk, journal.Manifest.Store, journal.Next, telemetry);
        _pace = new LogPace(options);
        _thread = new Thread(Run) { IsBackground = true, Name = "Messaging journal" };
        _thread.Start();
    }

    /// <summary>Gets the largest record there can be.</summary>
    public int LargestRecord => _segmentSize - SegmentHeader.Size - _slack;

    /// <summary>Gets where the next record goes.</summary>
    public LogPosition Next
    {
        get
        {
            lock (_gate)
            {
                return _next;
            }
        }
    }

    /// <summary>Gets the failure that ended the journal, or that the disk is full at the moment.</summary>
    public JournalException? Failure => Volatile.Read(ref _refusal) ?? Volatile.Read(ref _failure);

    /// <exception cref="JournalException">The journal is closed, failed, or its disk is full.</exception>
    public void ThrowIfFailed()
    {
        if (Failure is { } failure)
        {
            throw new JournalException(failure.Problem, failure.Message, failure);
        }
    }

    /// <summary>Takes in nothing any more: what is in memory cannot be trusted. What was appended is still written.</summary>
    public void Refuse(JournalException damage) => Interlocked.CompareExchange(ref _refusal, damage, null);

    /// <summary>Returns whether a record fits, with what must fit behind it.</summary>
    /// <param name="length">The record's payload.</param>
    /// <param name="mayUseSlack">Whether it is one of those that the last room is kept for.</param>
    public bool HasRoom(int length, bool mayUseSlack = false)
    {
        var size = RecordHeader.Padded(length) + (mayUseSlack ? 0 : _slack);
        lock (_gate)
        {
            return size <= _size - _next.Offset || (_spare && size <= _segmentSize - SegmentHeader.Size);
        }
    }

    /// <summary>Adds a record to those that are written next. The caller has seen that there is room.</summary>
    /// <param name="buffer">Holds the record; read until it is written.</param>
    /// <param name="start">The place of the header, which is filled in later.</param>
    /// <param name="length">The length of the payload behind it.</param>
    /// <param name="type">What it says.</param>
    /// <param name="isUrgent">Whether somebody will wait for the disk.</param>
    /// <returns>The batch that it went into.</returns>
    public LogBatch Append(RecordBuffer buffer, int start, int length, RecordType type, bool isUrgent)
    {
        buffer.Hold();
        lock (_gate)
        {
            var size = RecordHeader.Padded(length);
            if (size > _size - _next.Offset)
            {
                Turn();
            }

            _pending.Entries.Add(new LogBatch.Entry(buffer, start, length, type, _next.Lsn, _next.Segment, _next.Offset));
            _pending.IsUrgent |= isUrgent;
            _next = new LogPosition(_next.Segment, _next.Offset + size, _next.Lsn + 1);
            MakeAhead();
            WakeWriter();
            return _pending;
        }
    }

    /// <summary>Goes on in the next segment, so that those before are complete. There must be one; see <see cref="MakeRoomAsync"/>.</summary>
    /// <returns>Where that is; <see langword="null"/> when somebody else took the segment.</returns>
    public LogPosition? TryTurn()
    {
        lock (_gate)
        {
            if (!_spare)
            {
                return null;
            }

            Turn();
            return _next;
        }
    }

    /// <summary>Waits until there is a segment to go on in.</summary>
    /// <exception cref="JournalException">The disk is full or failed.</exception>
    public async ValueTask MakeRoomAsync(CancellationToken cancellationToken)
    {
        Task making;
        lock (_gate)
        {
            if (_spare)
            {
                return;
            }

            making = Make();
            _maker.Hurry();
        }

        await making.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Writes and flushes what there is, and marks the end; then nothing is taken in any more.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _stopping = true;
            _maker.Hurry();
            Monitor.PulseAll(_gate);
        }

        _thread.Join();
        ((IAsyncResult?)_making)?.AsyncWaitHandle.WaitOne();
        _maker.Dispose();
        _writer.Dispose();
    }

    private void Turn()
    {
        _size = _segmentSize;
        _next = new LogPosition(_next.Segment + 1, SegmentHeader.Size, _next.Lsn);
        _spare = false;
    }

    private void WakeWriter()
    {
        if (_isIdle)
        {
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>A small store never needs a second segment; a busy one has it before the first is full.</summary>
    private void MakeAhead()
    {
        if (_spare || _next.Offset <= _size / 4)
        {
            return;
        }

        if (_making is not { IsCompleted: false })
        {
            _ = Make();
        }
        else if (_next.Offset > _size / 2)
        {
            _maker.Hurry();
        }
    }

    private Task Make()
    {
        if (_making is { IsCompleted: false })
        {
            return _making;
        }

        var number = _next.Segment + 1;
        _making = Task.Factory.StartNew(
            () =>
            {
                _maker.Make(number);
                lock (_gate)
                {
                    _spare = true;
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        _ = _making.ContinueWith(
            static failed => _ = failed.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        return _making;
    }
}
