using Messaging.Storage;

namespace Messaging.Sending;

/// <summary>Checks what all items of a bulk share, and makes the message of it; under a key that is there already, finds the bulk to resume.</summary>
internal sealed class BulkOpener(
    RequestValidator validator,
    ChannelResolver channels,
    TenantLocales tenants,
    TemplateFinder templates,
    AddressBook addresses,
    AttachmentIntake intake,
    BufferPool buffers,
    IMessageStore store,
    AttachmentCleanup cleanup,
    IdGenerator ids)
{
    /// <summary>Stores the message of a bulk that has a key, or finds it: which bulk it is must be known before its items are read.</summary>
    /// <returns>The message, and whether its key belongs to another one.</returns>
    public async ValueTask<(MessageId Message, bool IsConflict)> OpenAsync(string key, Submission shared, CancellationToken cancellationToken)
    {
        var claim = new IdempotencyClaim(
            key, Fingerprint.Of(shared.Request with { IdempotencyKey = null }, buffers), shared.Now + shared.Options.IdempotencyWindow);
        var attachments = await intake.TakeAsync(shared, cancellationToken).ConfigureAwait(false);
        var id = new MessageId(ids.Next());
        var results = await store.CommitAsync([Compose(shared, id, attachments, claim)], cancellationToken).ConfigureAwait(false);
        if (results[0].Status == ChangeStatus.Applied)
        {
            return (id, false);
        }

        await attachments.DiscardAsync().ConfigureAwait(false);
        return (results[0].Existing ?? id, results[0].Status != ChangeStatus.Duplicate);
    }

    /// <summary>Makes the change that stores the message, for whoever commits it with its first items.</summary>
    public async ValueTask<Change> ComposeAsync(Submission shared, MessageId id, CancellationToken cancellationToken) =>
        Compose(shared, id, await intake.TakeAsync(shared, cancellationToken).ConfigureAwait(false), null);

    private Change Compose(Submission shared, MessageId id, AttachmentSet attachments, IdempotencyClaim? claim)
    {
        var payload = MessageFactory.Write(shared, attachments);
        return new Change
        {
            Accept = new Acceptance { Message = MessageFactory.Make(shared, id, payload), Idempotency = claim },
            Enqueues = cleanup.Watch(shared, id, attachments),
        };
    }

    /// <summary>Checks what all items share.</summary>
    /// <exception cref="InvalidSendRequestException">Something of it is wrong.</exception>
    public async ValueTask CheckAsync(BulkRequest bulk, Submission shared, CancellationToken cancellationToken)
    {
        await FindProblemsAsync(bulk, shared, cancellationToken).ConfigureAwait(false);
        shared.Problems.ThrowIfAny();
        shared.ExpiresAt = Expiry(shared);
    }

    private async ValueTask FindProblemsAsync(BulkRequest bulk, Submission shared, CancellationToken cancellationToken)
    {
        var nobodys = !shared.Problems.IsEmpty;
        BulkRules.Check(bulk, shared.Problems);
        validator.CheckShared(shared);
        if (nobodys)
        {
            return;
        }

        await channels.ResolveAsync(shared, cancellationToken).ConfigureAwait(false);
        foreach (var way in shared.Targets)
        {
            CapabilityRules.Check(shared, way, addresses);
        }

        if (shared.Request.Template is { } reference)
        {
            await TemplatesAsync(shared, reference, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>A template that answers for none of the suite's, the tenant's or the request's locale is a mistake that all items share.</summary>
    private async ValueTask TemplatesAsync(Submission shared, Templates.TemplateReference reference, CancellationToken cancellationToken)
    {
        var locale = shared.Request.Locale ?? (await tenants.FindAsync(shared.Tenant, cancellationToken).ConfigureAwait(false)).Locale;
        foreach (var way in shared.Targets)
        {
            await templates.FindAsync(shared, reference, way.Target.Kind, locale, shared.Problems, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Returns when sending becomes pointless: what the request says, else the longest of the kinds that items may use.</summary>
    private static DateTimeOffset Expiry(Submission shared)
    {
        if (shared.Request.ExpiresAt is { } at)
        {
            return at;
        }

        var longest = shared.Targets.Count == 0 ? shared.Options.LongestExpiry() : TimeSpan.Zero;
        foreach (var way in shared.Targets)
        {
            var expiry = shared.Options.ExpiryOf(way.Target.Kind);
            longest = expiry > longest ? expiry : longest;
        }

        return shared.SendsAt + longest;
    }
}
