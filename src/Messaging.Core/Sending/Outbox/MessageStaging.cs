using Messaging.Diagnostics;
using Messaging.Storage;

namespace Messaging.Sending;

/// <inheritdoc cref="IMessageStaging"/>
internal sealed class MessageStaging(
    RequestStager stager, IntakeAccept accept, IntakeRecord records, GateStage gates, IMessageStore store, BufferPool buffers, MessagingTelemetry telemetry)
    : IMessageStaging
{
    public int Format => StagedRequestWriter.Format;

    public async ValueTask<StagedMessage> StageAsync(SendRequest request, TenantId? tenant, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (tenant is { } own && !HubTenant.IsValid(own))
        {
            throw new ArgumentException($"A tenant is named by 1 to {TenantId.MaxLength} characters, not blank, and not '*'.", nameof(tenant));
        }

        var staged = await stager.StageAsync(request, new HubTenant(tenant ?? TenantId.Default, tenant is not null), cancellationToken).ConfigureAwait(false);
        return new StagedMessage { Id = staged.Id, Tenant = staged.Tenant, StagedAt = staged.At, Format = Format, Payload = staged.Payload };
    }

    public async ValueTask<IReadOnlyList<MessageId>> TakeInAsync(IReadOnlyList<StagedMessage> messages, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var items = new List<IntakeItem>(messages.Count);
        try
        {
            foreach (var message in messages)
            {
                items.Add(new IntakeItem(message, buffers.Rent()));
                await accept.PrepareAsync(items[^1], cancellationToken).ConfigureAwait(false);
            }

            await CommitAsync(items, cancellationToken).ConfigureAwait(false);
            await RepeatedAsync(items, cancellationToken).ConfigureAwait(false);
            return await FinishAsync(items).ConfigureAwait(false);
        }
        finally
        {
            items.ForEach(item => buffers.Return(item.Buffer));
        }
    }

    /// <summary>Stores a message that was tried for too long as failed, so that it is seen.</summary>
    public async ValueTask GiveUpAsync(StagedMessage message, CancellationToken cancellationToken)
    {
        var item = new IntakeItem(message, buffers.Rent());
        try
        {
            item.Request = Read(message);
            var why = new Why(WhyCodes.IntakeFailed, "It was staged, and taking it in failed again and again. The log says how.");
            await store.CommitAsync([records.Failed(item, why)], cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            buffers.Return(item.Buffer);
        }
    }

    private static SendRequest? Read(StagedMessage message)
    {
        try
        {
            return StagedRequestReader.Read(message.Payload).Request;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private async ValueTask CommitAsync(List<IntakeItem> items, CancellationToken cancellationToken)
    {
        var ready = items.FindAll(item => item is { Change: not null, Result: null });
        if (ready.Count == 0)
        {
            return;
        }

        try
        {
            var results = await store.CommitAsync([.. ready.Select(item => item.Change!)], cancellationToken).ConfigureAwait(false);
            for (var i = 0; i < ready.Count; i++)
            {
                ready[i].Result = results[i];
            }
        }
        catch (Exception) when (ready.Count > 1 && !cancellationToken.IsCancellationRequested)
        {
            await OneByOneAsync(ready, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>A change that a store cannot take must not hold up the others. When none can be stored, the store is away.</summary>
    private async ValueTask OneByOneAsync(List<IntakeItem> ready, CancellationToken cancellationToken)
    {
        Exception? last = null;
        foreach (var item in ready)
        {
            try
            {
                item.Result = (await store.CommitAsync([item.Change!], cancellationToken).ConfigureAwait(false))[0];
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                last = e;
                item.Change = null;
            }
        }

        if (last is not null && ready.TrueForAll(item => item.Result is null))
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(last);
        }
    }

    /// <summary>Records those whose key another message has, under the id that their callers know.</summary>
    private async ValueTask RepeatedAsync(List<IntakeItem> items, CancellationToken cancellationToken)
    {
        foreach (var item in items)
        {
            if (item.Result is { Status: ChangeStatus.Duplicate or ChangeStatus.Conflict } result)
            {
                await item.Attachments.DiscardAsync().ConfigureAwait(false);
                item.Submission = null;
                if (result.Existing is { } first && first != item.Message.Id)
                {
                    item.Change = records.Repeated(item, result);
                    item.Result = null;
                }
            }
        }

        await CommitAsync(items, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<IReadOnlyList<MessageId>> FinishAsync(List<IntakeItem> items)
    {
        var done = new List<MessageId>(items.Count);
        foreach (var item in items)
        {
            if (item.Result is not { Status: ChangeStatus.Applied or ChangeStatus.Duplicate or ChangeStatus.Conflict } result)
            {
                continue;
            }

            if (result.Status == ChangeStatus.Applied && item.Submission is { } submission)
            {
                telemetry.Accepted(submission);
                await gates.ConfirmAsync(submission).ConfigureAwait(false);
            }

            done.Add(item.Message.Id);
        }

        return done;
    }
}
