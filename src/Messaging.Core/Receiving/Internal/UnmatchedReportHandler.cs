using Messaging.Dispatching;
using Messaging.Storage;
using Microsoft.Extensions.Logging;

namespace Messaging.Receiving;

/// <summary>Looks again for the delivery of a report; after three days it gives up.</summary>
internal sealed partial class UnmatchedReportHandler(InboundSink sink, IMessageStore store, TimeProvider time, ILogger<UnmatchedReportHandler> logger) : IWorkHandler
{
    public WorkKind Kind => WorkKind.ApplyInbound;

    public async ValueTask<WorkAnswer> HandleAsync(LeasedWork work, CancellationToken cancellationToken)
    {
        if (UnmatchedReports.Read(work.Item!) is not { } report)
        {
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

        if (UnmatchedReports.Next(report, time.GetUtcNow()) is { } again)
        {
            return WorkAnswer.Again(again);
        }

        Log.GivenUp(logger, report.Event.Type, report.Event.Account);
        return WorkAnswer.Done;
    }

    private static partial class Log
    {
        [LoggerMessage(1401, LogLevel.Warning, "A {Type} report through account {Account} found no delivery in three days and is dropped.", EventName = "ReportUnmatched")]
        public static partial void GivenUp(ILogger logger, MessageEventType type, string account);
    }
}
