using Messaging.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Messaging.Dispatching;

/// <summary>Prolongs the claims that this process holds. Fences itself: a claim that cannot be prolonged in time begins nothing, and its call is cancelled.</summary>
internal sealed partial class LeaseKeeper(IWorkQueue queue, IOptionsMonitor<DispatcherOptions> options, TimeProvider time, ILogger<LeaseKeeper> logger)
{
    private const int MaxBatch = 500;
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly HeldWork _ends = new(new LeasedWork(default, default, 0, null, null));
    private int _count;

    /// <summary>Raised for a call that did not come back even when it was cancelled: its place is free again.</summary>
    public event Action<HeldWork>? GivenUp;

    /// <summary>Gets how many claims are held.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Gets how long before its end a claim counts as lost.</summary>
    public TimeSpan Margin => options.CurrentValue.LeaseFor / 10;

    public void Add(IReadOnlyList<HeldWork> claimed)
    {
        lock (_gate)
        {
            for (var i = 0; i < claimed.Count; i++)
            {
                Append(claimed[i]);
            }
        }
    }

    /// <summary>Lets go of a claim.</summary>
    /// <returns><see langword="false"/> when that was done before.</returns>
    public bool Remove(HeldWork held)
    {
        lock (_gate)
        {
            if (!held.IsHeld)
            {
                return false;
            }

            (held.Previous ?? _ends).Next = held.Next;
            (held.Next ?? _ends).Previous = held.Previous;
            (held.Previous, held.Next, held.IsHeld) = (null, null, false);
            _count--;
            return true;
        }
    }

    /// <summary>Returns whether a claim holds long enough to begin a call under it.</summary>
    public bool MayBegin(HeldWork held) => !held.Lost && time.GetUtcNow() + Margin < held.Until;

    /// <summary>Prolongs what is past the half of its time, and looks for calls that take too long. To be called every third of a lease.</summary>
    public async ValueTask BeatAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        CancelOverdue(now);
        var due = Due(now);
        for (var first = 0; first < due.Count; first += MaxBatch)
        {
            await ExtendAsync(due.GetRange(first, Math.Min(MaxBatch, due.Count - first)), cancellationToken).ConfigureAwait(false);
        }

        Fence(time.GetUtcNow());
    }

    /// <summary>Cancels every call that is under way.</summary>
    public void CancelAll()
    {
        foreach (var held in Snapshot())
        {
            Cancel(held);
        }
    }

    /// <summary>Returns what is held now.</summary>
    public List<HeldWork> Snapshot()
    {
        lock (_gate)
        {
            List<HeldWork> all = new(_count);
            for (var held = _ends.Next; held is not null; held = held.Next)
            {
                all.Add(held);
            }

            return all;
        }
    }

    private void Append(HeldWork held)
    {
        held.Previous = _ends.Previous;
        (held.Previous ?? _ends).Next = held;
        _ends.Previous = held;
        held.IsHeld = true;
        _count++;
    }

    private List<HeldWork> Due(DateTimeOffset now)
    {
        var half = options.CurrentValue.LeaseFor / 2;
        return Snapshot().FindAll(held => !held.Lost && held.Until - now < half);
    }

    private async ValueTask ExtendAsync(List<HeldWork> due, CancellationToken cancellationToken)
    {
        try
        {
            var leaseFor = options.CurrentValue.LeaseFor;
            var until = time.GetUtcNow() + leaseFor;
            var kept = await queue.ExtendAsync(due.ConvertAll(h => h.Work.Lease), leaseFor, cancellationToken).ConfigureAwait(false);
            var held = kept.ToHashSet();
            foreach (var one in due)
            {
                if (held.Contains(one.Work.Lease))
                {
                    one.Until = until;
                }
                else
                {
                    Lose(one);
                }
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Log.ExtendFailed(logger, due.Count, e);
        }
    }

    private void Fence(DateTimeOffset now)
    {
        foreach (var held in Snapshot())
        {
            if (!held.Lost && held.Until - Margin <= now)
            {
                Lose(held);
            }
        }
    }

    private void Lose(HeldWork held)
    {
        if (!held.IsHeld)
        {
            return;
        }

        held.Lost = true;
        Log.Lost(logger, held.Work.Lease.Kind, held.Work.Lease.WorkId);
        Cancel(held);
    }

    private void CancelOverdue(DateTimeOffset now)
    {
        foreach (var held in Snapshot())
        {
            if (now - held.Deadline >= s_grace && held.TryEnd())
            {
                Log.GivenUp(logger, held.Work.Lease.Kind, held.Work.Lease.WorkId);
                GivenUp?.Invoke(held);
            }
            else if (held.Deadline <= now)
            {
                Cancel(held);
            }
        }
    }

    /// <summary>A channel's own callback must not break the beat.</summary>
    private void Cancel(HeldWork held)
    {
        try
        {
            held.Cancel();
        }
        catch (AggregateException e)
        {
            Log.CancelFailed(logger, held.Work.Lease.Kind, held.Work.Lease.WorkId, e);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1240, LogLevel.Warning, "The leases of {Count} pieces of work could not be prolonged; it is tried again.", EventName = "LeaseExtendFailed")]
        public static partial void ExtendFailed(ILogger logger, int count, Exception exception);

        [LoggerMessage(1241, LogLevel.Warning, "The lease of {Kind} {WorkId} is lost; its call is cancelled.", EventName = "LeaseLost")]
        public static partial void Lost(ILogger logger, WorkKind kind, Guid workId);

        [LoggerMessage(1242, LogLevel.Error, "{Kind} {WorkId} did not come back when it was cancelled, and is given up.", EventName = "CallGivenUp")]
        public static partial void GivenUp(ILogger logger, WorkKind kind, Guid workId);

        [LoggerMessage(1243, LogLevel.Error, "Cancelling {Kind} {WorkId} failed.", EventName = "CancelFailed")]
        public static partial void CancelFailed(ILogger logger, WorkKind kind, Guid workId, Exception exception);
    }
}
