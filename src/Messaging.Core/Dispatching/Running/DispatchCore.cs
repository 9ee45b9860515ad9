using Messaging.Diagnostics;
using Messaging.Sending;
using Messaging.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Messaging.Dispatching;

/// <summary>What a round by hand and the loop in the background share: claiming, preparing, running. Not thread safe: each has its own.</summary>
internal sealed partial class DispatchCore(
    IWorkQueue queue,
    IEnvironmentGuard environment,
    DeliveryPreparer preparer,
    AttemptRunner attempts,
    WorkRunner works,
    IOptionsMonitor<DispatcherOptions> options,
    MessagingTelemetry telemetry,
    ILogger<DispatchCore> logger)
{
    private readonly string _owner = $"{Environment.MachineName}:{Environment.ProcessId}:{Guid.NewGuid():N}";
    private readonly WorkKind[] _kinds = [.. works.Kinds];
    private readonly LaneReserve _reserve = new();
    private readonly List<Attempt> _deliveries = [];
    private Why? _refusal;

    /// <summary>Gets what was claimed last.</summary>
    public List<HeldWork> Claimed { get; } = [];

    /// <summary>Gets the work of <see cref="Claimed"/> that is not a delivery.</summary>
    public List<HeldWork> Others { get; } = [];

    /// <summary>Gets what became of the deliveries of <see cref="Claimed"/> in <see cref="PrepareAsync"/>.</summary>
    public PreparedBatch Batch { get; } = new();

    public DeliveryPreparer Preparer => preparer;

    /// <summary>Gets the kinds of work that this process does.</summary>
    public IReadOnlyList<WorkKind> Kinds => _kinds;

    /// <summary>Gets a value indicating whether the last claim was refused, because the store belongs to another environment.</summary>
    public bool IsRefused => _refusal is not null;

    /// <summary>Claims what is due, unless the store belongs to another environment.</summary>
    public async ValueTask<int> ClaimAsync(int most, CancellationToken cancellationToken)
    {
        Claimed.Clear();
        if (!await MayClaimAsync(cancellationToken).ConfigureAwait(false))
        {
            return 0;
        }

        var current = options.CurrentValue;
        var claimed = await queue.ClaimAsync(
            new ClaimRequest
            {
                Max = most,
                LeaseFor = current.LeaseFor,
                Owner = _owner,
                Kinds = _kinds,
                Reserved = _reserve.Next(most, current.LaneReservePercent),
            },
            cancellationToken).ConfigureAwait(false);
        Sort(claimed);
        return claimed.Count;
    }

    /// <summary>Takes the claimed deliveries through everything that comes before a call.</summary>
    public ValueTask PrepareAsync(CancellationToken cancellationToken)
    {
        Batch.Clear();
        return _deliveries.Count == 0 ? default : preparer.PrepareAsync(_deliveries, Batch, cancellationToken);
    }

    /// <summary>Does one piece of work.</summary>
    public ValueTask<Change?> RunAsync(HeldWork held) => held is Attempt attempt ? attempts.RunAsync(attempt) : works.RunAsync(held);

    private void Sort(IReadOnlyList<LeasedWork> claimed)
    {
        Others.Clear();
        _deliveries.Clear();
        for (var i = 0; i < claimed.Count; i++)
        {
            var work = claimed[i];
            if (work.Delivery is not null)
            {
                var attempt = new Attempt(work);
                Claimed.Add(attempt);
                _deliveries.Add(attempt);
            }
            else
            {
                var held = new HeldWork(work);
                Claimed.Add(held);
                Others.Add(held);
            }
        }

        telemetry.Claimed(WorkKind.Deliver, _deliveries.Count);
        foreach (var other in Others)
        {
            telemetry.Claimed(other.Work.Lease.Kind, 1);
        }
    }

    private async ValueTask<bool> MayClaimAsync(CancellationToken cancellationToken)
    {
        var refusal = await environment.CheckAsync(cancellationToken).ConfigureAwait(false);
        if (refusal is not null && refusal != _refusal)
        {
            Log.Refused(logger, refusal.Text);
        }

        _refusal = refusal;
        return refusal is null;
    }

    private static partial class Log
    {
        [LoggerMessage(1270, LogLevel.Critical, "Nothing is dispatched: {Reason}", EventName = "DispatchRefused")]
        public static partial void Refused(ILogger logger, string reason);
    }
}
