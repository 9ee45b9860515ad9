using System.Buffers.Binary;
using Messaging.Storage.Journal.Encoding;
using Messaging.Storage.Journal.Log;

namespace Messaging.Storage.Journal.Commit;

/// <summary>Changes that were put into bytes by their caller, before any lock is taken, and what became of them so far.</summary>
internal sealed class PendingCommit : IDisposable
{
    private static readonly object s_tried = new();

    private readonly IReadOnlyList<Change> _changes;
    private readonly RecordBuffer _buffer = RecordBuffer.Rent();
    private readonly int[] _ends;
    private int _next;

    /// <summary>Where it stands in the line: nothing yet, the caller's <see cref="TaskCompletionSource{T}"/> once that waits, or <see cref="s_tried"/>.</summary>
    private object? _stand;
    private bool _isComplete;
    private Exception? _failure;

    /// <param name="changes">The changes.</param>
    /// <param name="largest">The largest record that the journal takes.</param>
    /// <exception cref="ArgumentException">A change is larger.</exception>
    public PendingCommit(IReadOnlyList<Change> changes, int largest)
    {
        _changes = changes;
        _ends = new int[changes.Count];
        Results = new ChangeResult[changes.Count];
        for (var i = 0; i < _ends.Length; i++)
        {
            Encode(i, largest);
        }
    }

    public ChangeResult[] Results { get; }

    /// <summary>Gets or sets what the caller waits for.</summary>
    public Task Acknowledged { get; set; } = Task.CompletedTask;

    public bool HasNext => _next < _changes.Count;

    public Change Next => _changes[_next];

    public int NextLength => _ends[_next] - NextStart - RecordHeader.Size;

    /// <summary>Gets a value indicating whether losing the next change with the power repeats a send and loses none.</summary>
    public bool NextMayLinger => ChangeMayLinger(Next);

    /// <summary>Gets a value indicating whether that is so for all of them.</summary>
    public bool MayLinger
    {
        get
        {
            for (var i = 0; i < _changes.Count; i++)
            {
                if (!ChangeMayLinger(_changes[i]))
                {
                    return false;
                }
            }

            return true;
        }
    }

    private int NextStart => _next == 0 ? 0 : _ends[_next - 1];

    /// <summary>Hands the next change to the journal, with the moment at which it was applied.</summary>
    public LogBatch Append(JournalLog log, long now, bool isUrgent)
    {
        BinaryPrimitives.WriteInt64LittleEndian(_buffer.Bytes.AsSpan(NextStart + RecordHeader.Size), now);
        return log.Append(_buffer, NextStart, NextLength, RecordType.Change, isUrgent);
    }

    /// <summary>Notes what became of the next change, and goes on to the one behind it.</summary>
    public void Take(ChangeResult result) => Results[_next++] = result;

    /// <summary>Says that it enters the line, once more if there was no room the last time.</summary>
    public void Enter() => Volatile.Write(ref _stand, null);

    /// <summary>Applies as much as there is room for, and tells the caller.</summary>
    public void Try(Func<PendingCommit, bool> apply)
    {
        try
        {
            _isComplete = apply(this);
        }
        catch (Exception exception)
        {
            _failure = exception;
        }

        if (Interlocked.Exchange(ref _stand, s_tried) is not TaskCompletionSource<bool> caller)
        {
            return;
        }

        if (_failure is null)
        {
            caller.SetResult(_isComplete);
        }
        else
        {
            caller.SetException(_failure);
        }
    }

    /// <summary>Waits until it was tried.</summary>
    /// <returns>Whether all of it was applied.</returns>
    public ValueTask<bool> TriedAsync()
    {
        if (Volatile.Read(ref _stand) is null)
        {
            var caller = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            if (Interlocked.CompareExchange(ref _stand, caller, null) is null)
            {
                return new(caller.Task);
            }
        }

        return _failure is null ? new(_isComplete) : ValueTask.FromException<bool>(_failure);
    }

    public void Dispose() => _buffer.Release();

    private static bool ChangeMayLinger(Change change) =>
        change is
        {
            Accept: null, Events.Count: 0, Enqueues.Count: 0, Commands.Count: 0, Releases.Count: 0, Drops.Count: 0, Entities.Count: 0,
        };

    private void Encode(int index, int largest)
    {
        var start = _buffer.Length;
        _buffer.Take(RecordHeader.Size);
        _buffer.Int64(0);
        ChangeEncoder.Write(_buffer, _changes[index]);
        _ends[index] = _buffer.Length;
        var length = _buffer.Length - start - RecordHeader.Size;
        if (length > largest)
        {
            _buffer.Release();
            throw LogFailures.TooLarge(length, largest);
        }
    }
}
