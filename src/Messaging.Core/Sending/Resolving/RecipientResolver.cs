using Messaging.Channels;
using Messaging.Contacts;

namespace Messaging.Sending;

/// <summary>Finds out where each recipient is reached, in which language, and in which time zone.</summary>
internal sealed class RecipientResolver(ContactLookup contacts, ChannelResolver channels, AddressBook addresses, TenantLocales tenants)
{
    /// <summary>Fills in the drafts of all recipients in To.</summary>
    public async ValueTask ResolveAsync(Submission submission, CancellationToken cancellationToken)
    {
        var to = submission.Request.To;
        var found = await contacts.FindAsync(submission.Tenant, to, cancellationToken).ConfigureAwait(false);
        var tenant = await tenants.FindAsync(submission.Tenant, cancellationToken).ConfigureAwait(false);
        var drafts = new Draft[to.Count];
        for (var i = 0; i < drafts.Length; i++)
        {
            drafts[i] = new Draft { Index = i, Recipient = to[i] };
            if (to[i] is not null && !submission.Problems.IsFull)
            {
                await ResolveAsync(submission, drafts[i], Field.Of("To", i), found[i], tenant, submission.Problems, cancellationToken).ConfigureAwait(false);
            }
        }

        submission.Drafts = drafts;
        DuplicateRule.Check(submission);
        submission.Cc = await ExtraAsync(submission, "Cc", submission.Request.Cc, cancellationToken).ConfigureAwait(false);
        submission.Bcc = await ExtraAsync(submission, "Bcc", submission.Request.Bcc, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Fills in one draft.</summary>
    public async ValueTask ResolveAsync(
        Submission submission, Draft draft, Field field, Contact? contact, TenantLocale tenant, ProblemList problems, CancellationToken cancellationToken)
    {
        var recipient = draft.Recipient;
        draft.Contact = contact;
        if (contact is null && ContactLookup.IsKeyed(recipient))
        {
            problems.Add(field.ToString(), ProblemCodes.UnknownContact, "The directory knows no contact or user under this key in this tenant. Save the contact first, or send to an address.");
            return;
        }

        Localize(draft, submission.Request, tenant);
        if (submission.Targets.Count > 0)
        {
            draft.Steps = StepsTo(draft, field, submission.Targets, problems);
        }
        else if (submission.Request is { Channel: null, Route: null })
        {
            draft.Steps = await OwnAsync(submission.Tenant, draft, field, problems, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            CheckOnly(draft, field, problems);
        }
    }

    private static void Localize(Draft draft, SendRequest request, TenantLocale tenant)
    {
        var (recipient, contact) = (draft.Recipient, draft.Contact);
        draft.Locale = request.Locale ?? recipient.Locale ?? (Cultures.IsKnown(contact?.Locale) ? contact.Locale : tenant.Locale);
        draft.TimeZone = recipient.TimeZone ?? (Cultures.Zone(contact?.TimeZone) is not null ? contact!.TimeZone : tenant.TimeZone);
    }

    private DraftStep[] StepsTo(Draft draft, Field field, IReadOnlyList<StepTarget> targets, ProblemList problems)
    {
        DraftStep[] steps = new DraftStep[targets.Count];
        var count = 0;
        var malformed = draft.Recipient.Address is { } own && string.IsNullOrWhiteSpace(own.Kind);
        for (var i = 0; i < targets.Count; i++)
        {
            if (AddressKinds.Find(draft.Recipient, draft.Contact, targets[i].Target.Kind) is not { } address)
            {
                continue;
            }

            if (Canonical(draft, field, address, problems) is { } canonical)
            {
                steps[count++] = new DraftStep { Way = targets[i], Address = canonical };
            }
            else
            {
                malformed = true;
                break;
            }
        }

        if (count == 0 && !malformed)
        {
            problems.Add(field.ToString(), ProblemCodes.NoAddress, $"The recipient has no address of the kind {Kinds(targets)}. Give one, or choose another channel.");
        }

        return count == steps.Length ? steps : steps[..count];
    }

    /// <summary>Without a channel the recipient's address decides: of a contact's, the first whose kind something carries.</summary>
    private async ValueTask<DraftStep[]> OwnAsync(TenantId tenant, Draft draft, Field field, ProblemList problems, CancellationToken cancellationToken)
    {
        if (draft.Recipient.Address is { } own)
        {
            return await StepAsync(tenant, draft, field, own, problems, cancellationToken).ConfigureAwait(false);
        }

        foreach (var address in draft.Contact?.Addresses ?? [])
        {
            if (await channels.OfKindAsync(tenant, address.Kind, cancellationToken).ConfigureAwait(false) is { } way)
            {
                return Canonical(draft, field, address, problems) is { } canonical ? [new DraftStep { Way = way, Address = canonical }] : [];
            }
        }

        problems.Add(field.ToString(), ProblemCodes.NoAddress, "The contact has no address of a kind that any account carries. Give the contact one, or register an account of its kind.");
        return [];
    }

    private async ValueTask<DraftStep[]> StepAsync(TenantId tenant, Draft draft, Field field, Address own, ProblemList problems, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(own.Kind))
        {
            return [];
        }

        var canonical = Canonical(draft, field, own, problems);
        var way = await channels.OfKindAsync(tenant, own.Kind, cancellationToken).ConfigureAwait(false);
        if (way is null)
        {
            problems.Add(nameof(SendRequest.Channel), ProblemCodes.UnknownChannel, channels.Unknown(own.Kind));
        }

        return way is not null && canonical is { } address ? [new DraftStep { Way = way, Address = address }] : [];
    }

    /// <summary>Checks an address although nothing can be sent to it for another reason: everything wrong is said at once.</summary>
    private void CheckOnly(Draft draft, Field field, ProblemList problems)
    {
        if (draft.Recipient.Address is { } own && !string.IsNullOrWhiteSpace(own.Kind))
        {
            Canonical(draft, field, own, problems);
        }
    }

    private Address? Canonical(Draft draft, Field field, Address address, ProblemList problems)
    {
        if (addresses.TryNormalize(address, out var canonical, out var problem))
        {
            return canonical;
        }

        problems.Add(
            field + "Address", ProblemCodes.InvalidAddress, draft.Contact is null ? problem : $"The contact's {address.Kind} address: {problem}");
        return null;
    }

    private async ValueTask<IReadOnlyList<OutboundRecipient>> ExtraAsync(
        Submission submission, string list, IReadOnlyList<Recipient> recipients, CancellationToken cancellationToken)
    {
        if (recipients.Count == 0)
        {
            return [];
        }

        var step = submission.Drafts is [{ Steps: [var first, ..] }] ? first : null;

        var found = await contacts.FindAsync(submission.Tenant, recipients, cancellationToken).ConfigureAwait(false);
        var extra = new List<OutboundRecipient>(recipients.Count);
        for (var i = 0; i < recipients.Count; i++)
        {
            if (recipients[i] is { } recipient && Extra(recipient, found[i], Field.Of(list, i), step, submission.Problems) is { } one)
            {
                extra.Add(one);
            }
        }

        return extra;
    }

    private OutboundRecipient? Extra(Recipient recipient, Contact? contact, Field field, DraftStep? step, ProblemList problems)
    {
        var draft = new Draft { Index = field.Index, Recipient = recipient, Contact = contact };
        if (contact is null && ContactLookup.IsKeyed(recipient))
        {
            problems.Add(field.ToString(), ProblemCodes.UnknownContact, "The directory knows no contact or user under this key in this tenant.");
            return null;
        }

        if (step is null)
        {
            CheckOnly(draft, field, problems);
            return null;
        }

        return StepsTo(draft, field, [step.Way], problems) is [var extra] ? new OutboundRecipient(extra.Address, draft.Name) : null;
    }

    private static string Kinds(IReadOnlyList<StepTarget> targets)
    {
        var kinds = new List<string>();
        foreach (var target in targets)
        {
            if (!kinds.Contains(target.Target.Kind))
            {
                kinds.Add(target.Target.Kind);
            }
        }

        return string.Join(" or ", kinds);
    }
}
