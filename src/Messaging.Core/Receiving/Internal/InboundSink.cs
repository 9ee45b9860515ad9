using Messaging.Diagnostics;
using Messaging.Storage;
using Microsoft.Extensions.Logging;

namespace Messaging.Receiving;

/// <summary>Applies reports: each found its delivery, or is kept as work until its delivery is there. One commit for all of them.</summary>
internal sealed partial class InboundSink(
    IMessageStore store,
    ReportMatcher matcher,
    ReportChange changes,
    ReportEffects effects,
    MessagingTelemetry telemetry,
    TimeProvider time,
    ILogger<InboundSink> logger) : IInboundSink
{
    private const int Repeats = 3;

    public async ValueTask ReportAsync(IReadOnlyList<ProviderEvent> events, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(events);
        var now = time.GetUtcNow();
        List<Change> batch = new(events.Count);
        foreach (var report in events)
        {
            ArgumentNullException.ThrowIfNull(report, nameof(events));
            batch.Add(await MakeAsync(report, now, cancellationToken).ConfigureAwait(false) ?? UnmatchedReports.Keep(report, now));
        }

        await CommitAsync(events, batch, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Makes the change of one report, after its effects: those can be done twice, but must not be lost.</summary>
    /// <returns><see langword="null"/> when its delivery is not there.</returns>
    public async ValueTask<Change?> MakeAsync(ProviderEvent report, DateTimeOffset receivedAt, CancellationToken cancellationToken)
    {
        if (await matcher.FindAsync(report, cancellationToken).ConfigureAwait(false) is not { } record)
        {
            return null;
        }

        var impossible = ReportMatcher.IsImpossible(record.State);
        if (impossible)
        {
            Log.Quarantined(logger, report.Type, report.Account, record.Delivery.Id);
        }
        else
        {
            await effects.ApplyAsync(report, record, cancellationToken).ConfigureAwait(false);
        }

        telemetry.Reported(report.Type, impossible ? "quarantined" : "applied");
        return await changes.CreateAsync(report, record, receivedAt, impossible, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A delivery or plan that moved on between reading and writing makes its report stale: it is made anew, and if that goes on, kept.</summary>
    private async ValueTask CommitAsync(IReadOnlyList<ProviderEvent> events, List<Change> batch, CancellationToken cancellationToken)
    {
        if (batch.Count == 0)
        {
            return;
        }

        var results = await store.CommitAsync(batch, cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < results.Count; i++)
        {
            if (!IsStored(results[i]))
            {
                await CommitAgainAsync(events[i], cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async ValueTask CommitAgainAsync(ProviderEvent report, CancellationToken cancellationToken)
    {
        for (var i = 0; i < Repeats; i++)
        {
            var now = time.GetUtcNow();
            if (await MakeAsync(report, now, cancellationToken).ConfigureAwait(false) is not { } change)
            {
                break;
            }

            var results = await store.CommitAsync([change], cancellationToken).ConfigureAwait(false);
            if (IsStored(results[0]))
            {
                return;
            }
        }

        await store.CommitAsync([UnmatchedReports.Keep(report, time.GetUtcNow())], cancellationToken).ConfigureAwait(false);
    }

    private static bool IsStored(ChangeResult result) => result.Status is ChangeStatus.Applied or ChangeStatus.Duplicate;

    private static partial class Log
    {
        [LoggerMessage(1400, LogLevel.Warning, "A {Type} report through account {Account} is about delivery {DeliveryId}, which was never handed to a provider: it is kept in its timeline and proves nothing.", EventName = "ReportQuarantined")]
        public static partial void Quarantined(ILogger logger, MessageEventType type, string account, DeliveryId deliveryId);
    }
}
