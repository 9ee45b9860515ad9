using Messaging.Diagnostics;
using Microsoft.Extensions.Options;

namespace Messaging.Sending;

/// <summary>The way of a bulk to the store: the shared message with the first chunk, then chunk by chunk, each item its own change. Memory stays flat.</summary>
/// <remarks>Under a key the message goes first and alone: only the store knows whether it is a new bulk or one to go on with.</remarks>
internal sealed class BulkPipeline(
    BulkOpener opener,
    BulkChunkStage chunks,
    BufferPool buffers,
    IOptionsMonitor<MessagingOptions> options,
    MessagingTelemetry telemetry,
    IdGenerator ids,
    TimeProvider time)
{
    /// <summary>Accepts a bulk.</summary>
    /// <exception cref="InvalidSendRequestException">Something that all items share is wrong; nothing was stored.</exception>
    public async ValueTask<BulkReceipt> SendAsync(BulkRequest bulk, HubTenant tenant, CancellationToken cancellationToken)
    {
        using var activity = telemetry.StartAccept(tenant.Of(bulk.Message));
        var buffer = buffers.Rent();
        try
        {
            var shared = Begin(bulk.Message, tenant, buffer);
            tenant.Check(bulk.Message, shared.Options, shared.Problems);
            await opener.CheckAsync(bulk, shared, cancellationToken).ConfigureAwait(false);
            var (message, isConflict) = bulk.Key is { } key
                ? await opener.OpenAsync(key, shared, cancellationToken).ConfigureAwait(false)
                : (new MessageId(ids.Next()), false);
            activity?.SetTag("messaging.message.id", message.ToString());
            return isConflict
                ? new BulkTally().Receipt(message) with { Status = SendStatus.Conflict }
                : await ReadAsync(bulk, shared, message, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            buffers.Return(buffer);
        }
    }

    private async ValueTask<BulkReceipt> ReadAsync(BulkRequest bulk, Submission shared, MessageId message, CancellationToken cancellationToken)
    {
        var tally = new BulkTally();
        var reader = new BulkReader(bulk.Items.GetAsyncEnumerator(cancellationToken), shared.Options.BulkChunkSize, time);
        await using (reader.ConfigureAwait(false))
        {
            var items = new List<BulkItem>(shared.Options.BulkChunkSize);
            var opening = bulk.Key is null ? shared : null;
            await reader.ReadAsync(items, cancellationToken).ConfigureAwait(false);
            while (items.Count > 0 || opening is not null)
            {
                shared.Buffer.Clear();
                await chunks.StoreAsync(Chunk(shared), message, opening, items, tally, cancellationToken).ConfigureAwait(false);
                opening = null;
                await reader.ReadAsync(items, cancellationToken).ConfigureAwait(false);
                await PauseAsync(items.Count, cancellationToken).ConfigureAwait(false);
            }
        }

        return tally.Receipt(message);
    }

    private Submission Begin(SendRequest request, HubTenant tenant, PayloadBuffer buffer) => new()
    {
        Request = request,
        Tenant = tenant.Of(request),
        Options = options.CurrentValue,
        Now = time.GetUtcNow(),
        Buffer = buffer,
        RendersLater = true,
        DefaultPriority = MessagePriority.Bulk,
    };

    /// <summary>A stream may take hours: each chunk is accepted when it comes.</summary>
    private Submission Chunk(Submission shared) => new()
    {
        Request = shared.Request,
        Tenant = shared.Tenant,
        Options = shared.Options,
        Now = time.GetUtcNow(),
        Buffer = shared.Buffer,
        RendersLater = true,
        DefaultPriority = MessagePriority.Bulk,
        Route = shared.Route,
        Targets = shared.Targets,
        ExpiresAt = shared.ExpiresAt,
    };

    private Task PauseAsync(int next, CancellationToken cancellationToken)
    {
        var interval = options.CurrentValue.BulkChunkInterval;
        return next > 0 && interval > TimeSpan.Zero ? Task.Delay(interval, time, cancellationToken) : Task.CompletedTask;
    }
}
