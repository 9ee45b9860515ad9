using Messaging.Storage;

namespace Messaging.Dispatching;

/// <summary>A claim that this process holds: it is prolonged until it is let go of.</summary>
internal class HeldWork(LeasedWork work)
{
    private const int Waiting = 0;
    private const int Running = 1;
    private const int Over = 2;

    private int _phase;
    private CancellationTokenSource? _cancellation;

    public LeasedWork Work { get; } = work;

    /// <summary>Gets how urgent it is.</summary>
    public MessagePriority Lane { get; } = work.Delivery?.Delivery.Priority ?? work.Item?.Priority ?? MessagePriority.Normal;

    /// <summary>Gets whose it is.</summary>
    public TenantId Tenant { get; } = work.Delivery?.Delivery.Tenant ?? work.Item?.Tenant ?? TenantId.Default;

    /// <summary>Gets or sets when the claim ends unless it is prolonged.</summary>
    public DateTimeOffset Until { get; set; } = work.Until;

    /// <summary>Gets or sets the end of the time that its call may take; set when that begins.</summary>
    public DateTimeOffset Deadline { get; set; } = DateTimeOffset.MaxValue;

    /// <summary>Gets or sets a value indicating whether the claim is lost: nothing may begin, and nothing is settled.</summary>
    public bool Lost { get; set; }

    /// <summary>Its neighbours in the list of <see cref="LeaseKeeper"/>.</summary>
    public HeldWork? Previous { get; set; }

    public HeldWork? Next { get; set; }

    public bool IsHeld { get; set; }

    /// <summary>Lets its call be cancelled.</summary>
    public CancellationToken Watch(CancellationTokenSource source)
    {
        Volatile.Write(ref _cancellation, source);
        return source.Token;
    }

    /// <summary>Returns the source when nobody has cancelled it: it can be lent again.</summary>
    public CancellationTokenSource? Unwatch() => Interlocked.Exchange(ref _cancellation, null);

    /// <summary>Cancels its call, if one is under way.</summary>
    public void Cancel() => Interlocked.Exchange(ref _cancellation, null)?.Cancel();

    /// <summary>Takes the right to begin; only one of worker and stopping dispatcher gets it.</summary>
    public bool TryBegin() => Interlocked.CompareExchange(ref _phase, Running, Waiting) == Waiting;

    /// <summary>Takes the right to say what becomes of it; a call that was given up may still come back.</summary>
    public bool TryEnd() => Interlocked.Exchange(ref _phase, Over) != Over;

    /// <summary>Settles it as it was claimed: the next one who claims it has it.</summary>
    public Settlement AsClaimed() => new() { Lease = Work.Lease, Next = WorkState.Ready, HandBack = true };

    /// <summary>Gives it back, with what was taken to do it.</summary>
    public virtual Change HandBack() => new() { Settles = [AsClaimed()] };
}
