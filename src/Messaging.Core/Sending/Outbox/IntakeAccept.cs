using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Messaging.Sending;

/// <summary>Takes one staged message the way of a request, up to the change that stores it.</summary>
internal sealed partial class IntakeAccept(
    AcceptPipeline accept,
    GateStage gates,
    AttachmentIntake attachments,
    CommitStage commit,
    IntakeRecord records,
    IOptionsMonitor<MessagingOptions> options,
    TimeProvider time,
    ILogger<IntakeAccept> logger)
{
    /// <summary>Fills in the item's change: an acceptance, or the record of why there is none. Leaves it empty when a service did not answer.</summary>
    public async ValueTask PrepareAsync(IntakeItem item, CancellationToken cancellationToken)
    {
        try
        {
            var staged = StagedRequestReader.Read(item.Message.Payload);
            item.Request = staged.Request;
            using var trace = Continue(staged.TraceParent);
            await AcceptAsync(item, staged, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (InvalidDataException e)
        {
            Log.Undecodable(logger, item.Message.Id, e);
            item.Change = records.Failed(item, new Why(WhyCodes.IntakeFailed, "It was staged, and its bytes cannot be read. Were they changed in the host's database?"));
        }
        catch (InvalidSendRequestException e)
        {
            Log.Refused(logger, item.Message.Id, e.Problems.Count);
            item.Change = records.Failed(item, e.Problems);
        }
        catch (Exception e)
        {
            Log.Failed(logger, item.Message.Id, e);
        }
    }

    private async ValueTask AcceptAsync(IntakeItem item, StagedRequest staged, CancellationToken cancellationToken)
    {
        var tenant = new HubTenant(item.Message.Tenant, IsFixed: true);
        var submission = new Submission
        {
            Request = staged.Request,
            Tenant = item.Message.Tenant,
            Options = options.CurrentValue,
            Now = time.GetUtcNow(),
            Buffer = item.Buffer,
            Staged = new StagedOrigin(item.Message.Id, staged.Fingerprint),
        };
        tenant.Check(staged.Request, submission.Options, submission.Problems);
        await accept.PrepareAsync(submission, cancellationToken).ConfigureAwait(false);
        submission.Problems.ThrowIfAny();
        await gates.AskAsync(submission, cancellationToken).ConfigureAwait(false);
        var claim = commit.Claim(submission);
        item.Attachments = await attachments.TakeAsync(submission, cancellationToken).ConfigureAwait(false);
        item.Change = commit.Compose(submission, item.Message.Id, item.Attachments, claim);
        item.Submission = submission;
    }

    /// <summary>What follows belongs to the trace of whoever staged the message, and not to that of the pump.</summary>
    private static Activity? Continue(string? parent) => parent is null ? null : new Activity("messaging.intake").SetParentId(parent).Start();

    private static partial class Log
    {
        [LoggerMessage(1600, LogLevel.Error, "The staged message {MessageId} cannot be read; it is stored as failed.", EventName = "IntakeUndecodable")]
        public static partial void Undecodable(ILogger logger, MessageId messageId, Exception exception);

        [LoggerMessage(1601, LogLevel.Warning, "The staged message {MessageId} cannot be accepted any more ({Problems} problems); it is stored as failed.", EventName = "IntakeRefused")]
        public static partial void Refused(ILogger logger, MessageId messageId, int problems);

        [LoggerMessage(1602, LogLevel.Error, "The staged message {MessageId} could not be taken in; it is tried again.", EventName = "IntakeFailed")]
        public static partial void Failed(ILogger logger, MessageId messageId, Exception exception);
    }
}
