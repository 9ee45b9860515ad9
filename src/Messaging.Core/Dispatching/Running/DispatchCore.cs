using Messaging.Diagnostics;
using Messaging.Sending;
using Messaging.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Messaging.Dispatching;

/// <summary>What a round by hand and the loop in the background share: claiming, preparing, running. Each has its own; one claims and one prepares at a time, but a batch may be claimed while another is prepared.</summary>
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
    private Why? _refusal;

    public DeliveryPreparer Preparer => preparer;

    /// <summary>Gets the kinds of work that this process does.</summary>
    public IReadOnlyList<WorkKind> Kinds => _kinds;

    /// <summary>Gets a value indicating whether the last claim was refused, because the store belongs to another environment.</summary>
    public bool IsRefused => _refusal is not null;

    /// <summary>Claims what is due, unless the store belongs to another environment.</summary>
    public async ValueTask<int> ClaimAsync(int most, ClaimedBatch into, CancellationToken cancellationToken)
    {
        into.Clear();
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
        Sort(claimed, into);
        return claimed.Count;
    }

    /// <summary>Takes the claimed deliveries through everything that comes before a call.</summary>
    public ValueTask PrepareAsync(ClaimedBatch batch, CancellationToken cancellationToken) =>
        batch.Deliveries.Count == 0 ? default : preparer.PrepareAsync(batch.Deliveries, batch.Prepared, cancellationToken);

    /// <summary>Does one piece of work.</summary>
    public ValueTask<Change?> RunAsync(HeldWork held) => held is Attempt attempt ? attempts.RunAsync(attempt) : works.RunAsync(held);

    private void Sort(IReadOnlyList<LeasedWork> claimed, ClaimedBatch into)
    {
        for (var i = 0; i < claimed.Count; i++)
        {
            var work = claimed[i];
            if (work.Delivery is not null)
            {
                var attempt = new Attempt(work);
                into.All.Add(attempt);
                into.Deliveries.Add(attempt);
            }
            else
            {
                var held = new HeldWork(work);
                into.All.Add(held);
                into.Others.Add(held);
            }
        }

        telemetry.Claimed(WorkKind.Deliver, into.Deliveries.Count);
        foreach (var other in into.Others)
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
