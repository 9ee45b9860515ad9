using Messaging.Dispatching;
using Messaging.Storage;
using Microsoft.Extensions.Logging;

namespace Messaging.Receiving;

/// <summary>Looks again for the delivery of a report. After three days it is put into quarantine, where people can read it, and after 90 more it is forgotten.</summary>
internal sealed partial class UnmatchedReportHandler(InboundSink sink, IMessageStore store, TimeProvider time, ILogger<UnmatchedReportHandler> logger) : IWorkHandler
{
    public WorkKind Kind => WorkKind.ApplyInbound;

    public async ValueTask<WorkAnswer> HandleAsync(LeasedWork work, CancellationToken cancellationToken)
    {
        if (UnmatchedReports.Read(work.Item!) is not { } report)
        {
            return WorkAnswer.Done;
        }

        var now = time.GetUtcNow();
        if (now - report.ReceivedAt >= UnmatchedReports.KeepFor + Quarantine.KeepFor)
        {
            var entry = EntityChange.Delete<QuarantineEntry>(QuarantineEntry.OwnerOf(report.Event), QuarantineEntry.KeyOf(UnmatchedReports.IdOf(report.Event)));
            await store.CommitAsync([new Change { Entities = [entry] }], cancellationToken).ConfigureAwait(false);
            return WorkAnswer.Done;
        }

        if (await sink.MakeAsync(report.Event, report.ReceivedAt, cancellationToken).ConfigureAwait(false) is { } change)
        {
            var results = await store.CommitAsync([change], cancellationToken).ConfigureAwait(false);
            if (results[0].Status is ChangeStatus.Applied or ChangeStatus.Duplicate)
            {
                return WorkAnswer.Done;
            }
        }

        return UnmatchedReports.Next(report, now) is { } again
            ? WorkAnswer.Again(again)
            : await GiveUpAsync(report, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The work goes on to sleep for as long as the report is kept: then it cleans up.</summary>
    private async ValueTask<WorkAnswer> GiveUpAsync(UnmatchedReport report, CancellationToken cancellationToken)
    {
        var entry = new QuarantineEntry { Id = UnmatchedReports.IdOf(report.Event), Event = report.Event, ReceivedAt = report.ReceivedAt };
        await store.CommitAsync([new Change { Entities = [EntityChange.Put(entry)] }], cancellationToken).ConfigureAwait(false);
        Log.GivenUp(logger, report.Event.Type, report.Event.Account);
        return WorkAnswer.Again(report.ReceivedAt + UnmatchedReports.KeepFor + Quarantine.KeepFor);
    }

    private static partial class Log
    {
        [LoggerMessage(1401, LogLevel.Warning, "A {Type} report through account {Account} found no delivery in three days and is in quarantine.", EventName = "ReportUnmatched")]
        public static partial void GivenUp(ILogger logger, MessageEventType type, string account);
    }
}
