using Microsoft.Extensions.Options;

namespace Messaging.Dispatching;

/// <summary>Says how much more may be claimed, and waits for it.</summary>
internal sealed class Room(LeaseKeeper leases, Action makeRoom, IOptionsMonitor<DispatcherOptions> options, TimeProvider time)
{
    /// <summary>Slow accounts may hold most of the capacity for long: what is left is claimed all the same, in smaller pieces.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(10);

    private readonly Lock _gate = new();
    private TaskCompletionSource? _waiting;
    private int _wanted;

    /// <summary>Waits until enough may be claimed to be worth it.</summary>
    /// <returns>How much; 1 or more.</returns>
    public async ValueTask<int> WaitAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var current = options.CurrentValue;
            var enough = Math.Min(current.BatchSize, Math.Max(1, current.Capacity / 4));
            var room = current.Capacity - leases.Count;
            if (room < enough)
            {
                await WaitForAsync(current.Capacity - enough, s_patience, cancellationToken).ConfigureAwait(false);
                room = current.Capacity - leases.Count;
            }

            if (room > 0)
            {
                return room;
            }

            makeRoom();
        }
    }

    /// <summary>Waits until nothing is held.</summary>
    /// <returns>Whether that came in time.</returns>
    public async ValueTask<bool> EmptyAsync(TimeSpan within)
    {
        await WaitForAsync(0, within, CancellationToken.None).ConfigureAwait(false);
        return leases.Count == 0;
    }

    /// <summary>Says that something was let go of.</summary>
    public void Freed()
    {
        if (Volatile.Read(ref _waiting) is null)
        {
            return;
        }

        lock (_gate)
        {
            if (_waiting is not null && leases.Count <= _wanted)
            {
                _waiting.TrySetResult();
                _waiting = null;
            }
        }
    }

    private async ValueTask WaitForAsync(int count, TimeSpan within, CancellationToken cancellationToken)
    {
        var waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            (_waiting, _wanted) = (waiting, count);
        }

        Freed();
        try
        {
            await waiting.Task.WaitAsync(within, time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // The caller looks for itself.
        }
    }
}
