using System.Text.Json;
using Messaging.Dispatching;
using Messaging.Routing;
using Messaging.Storage;

namespace Messaging.Sending;

/// <summary>
/// Deletes attachments from the attachment store when no delivery needs them any more: none is open, no route goes on, none is a dead letter
/// that may be redriven, and the time in which somebody may retry is over; or the history has let go of the message.
/// </summary>
internal sealed class AttachmentCleanup(
    AttachmentStores stores, IMessageReader reader, IEntityStore entities, MaintenanceWork work, TimeProvider time) : IMaintenanceTask
{
    public const string TaskName = "attachments";

    private static readonly TimeSpan s_again = TimeSpan.FromHours(1);
    private static readonly DeliveryStatus[] s_open = [DeliveryStatus.Scheduled, DeliveryStatus.Queued, DeliveryStatus.Sending, DeliveryStatus.Unconfirmed];

    public string Name => TaskName;

    /// <summary>Makes the work of looking after a message's files, to be stored with the message.</summary>
    public IReadOnlyList<WorkItem> Watch(Submission submission, MessageId id, AttachmentSet attachments)
    {
        var keys = attachments.StoredKeys();
        if (keys.Count == 0)
        {
            return [];
        }

        var keep = submission.Request.Sensitive ? s_again : submission.Options.Attachments.KeepFor;
        var files = new StoredFiles { Tenant = submission.Tenant.Value, Message = id.Value, Keys = keys, KeepUntil = submission.Now + keep };
        return [work.Create(TaskName, files, SendingJson.Default.StoredFiles, files.KeepUntil)];
    }

    public async ValueTask<DateTimeOffset?> RunAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        var files = JsonSerializer.Deserialize(payload.Span, SendingJson.Default.StoredFiles)!;
        var now = time.GetUtcNow();
        if (stores.Current is not { } store || await IsNeededAsync(files, now, cancellationToken).ConfigureAwait(false))
        {
            return now + s_again;
        }

        foreach (var key in files.Keys)
        {
            await store.DeleteAsync(files.Owner, key, cancellationToken).ConfigureAwait(false);
        }

        return null;
    }

    private async ValueTask<bool> IsNeededAsync(StoredFiles files, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await reader.GetMessageAsync(files.Owner, files.Id, cancellationToken).ConfigureAwait(false) is null)
        {
            return false;
        }

        var query = new DeliveryQuery { Tenant = files.Owner, MessageId = files.Id, Limit = 1 };
        return now < files.KeepUntil
            || await AnyAsync(query with { Statuses = s_open }, cancellationToken).ConfigureAwait(false)
            || await AnyAsync(query with { DeadLetters = true }, cancellationToken).ConfigureAwait(false)
            || await HasRouteAsync(files, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<bool> AnyAsync(DeliveryQuery query, CancellationToken cancellationToken) =>
        (await reader.QueryAsync(query, cancellationToken).ConfigureAwait(false)).Items.Count > 0;

    private async ValueTask<bool> HasRouteAsync(StoredFiles files, CancellationToken cancellationToken)
    {
        var query = new EntityQuery { Tenant = files.Owner, Index = DeliveryPlan.ByMessage, Values = [files.Id.ToString()] };
        do
        {
            var page = await entities.FindAsync<DeliveryPlan>(query, cancellationToken).ConfigureAwait(false);
            if (page.Items.Any(p => p.Value.Status == PlanStatus.Active))
            {
                return true;
            }

            query = query with { Cursor = page.Next };
        }
        while (query.Cursor is not null);

        return false;
    }
}
