using Messaging.Contacts;

namespace Messaging.Sending;

/// <summary>Asks the directory for all contacts and users of a request at once.</summary>
internal sealed class ContactLookup(IRecipientDirectory directory)
{
    /// <summary>Returns one entry for each recipient, in order: the contact, or <see langword="null"/> for one that the directory does not know or was not asked for.</summary>
    public ValueTask<IReadOnlyList<Contact?>> FindAsync(TenantId tenant, IReadOnlyList<Recipient> recipients, CancellationToken cancellationToken)
    {
        for (var i = 0; i < recipients.Count; i++)
        {
            if (IsKeyed(recipients[i]))
            {
                return AskAsync(tenant, recipients, cancellationToken);
            }
        }

        return new(Nobody.Instance);
    }

    public static bool IsKeyed(Recipient? recipient) => recipient is not null && (recipient.ExternalId is not null || recipient.ContactId is not null);

    private async ValueTask<IReadOnlyList<Contact?>> AskAsync(TenantId tenant, IReadOnlyList<Recipient> recipients, CancellationToken cancellationToken)
    {
        var keys = new List<RecipientKey>(recipients.Count);
        var places = new List<int>(recipients.Count);
        for (var i = 0; i < recipients.Count; i++)
        {
            if (IsKeyed(recipients[i]))
            {
                keys.Add(new RecipientKey(recipients[i].ExternalId, recipients[i].ContactId));
                places.Add(i);
            }
        }

        var answers = await directory.FindAsync(tenant, keys, cancellationToken).ConfigureAwait(false);
        if (answers.Count != keys.Count)
        {
            throw new InvalidOperationException(
                $"The recipient directory {directory.GetType()} was asked for {keys.Count} contacts and answered with {answers.Count}. It must give one entry for each key, in order.");
        }

        var found = new Contact?[recipients.Count];
        for (var i = 0; i < places.Count; i++)
        {
            // A directory that mixes up tenants must not make one tenant write to another's contact.
            found[places[i]] = answers[i] is { } contact && contact.Tenant == tenant ? contact : null;
        }

        return found;
    }

    /// <summary>As many unknown contacts as anybody asks for.</summary>
    private sealed class Nobody : IReadOnlyList<Contact?>
    {
        public static readonly Nobody Instance = new();

        public int Count => 0;

        public Contact? this[int index] => null;

        public IEnumerator<Contact?> GetEnumerator() => Enumerable.Empty<Contact?>().GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
