namespace Messaging.Contacts;

/// <summary>The default directory: the suite's own contacts, two queries for a batch of any size.</summary>
internal sealed class ContactDirectory(ContactSearch search) : IRecipientDirectory
{
    public async ValueTask<IReadOnlyList<Contact?>> FindAsync(TenantId tenant, IReadOnlyList<RecipientKey> keys, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(keys);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var externals = new HashSet<string>(StringComparer.Ordinal);
        foreach (var key in keys)
        {
            if (key.ContactId is { } id)
            {
                ids.Add(ContactEntity.KeyOf(id));
            }
            else if (key.ExternalId is { } external)
            {
                externals.Add(external);
            }
        }

        var byId = await ReadAsync(tenant, ContactEntity.IdIndex, ids, e => e.Key, cancellationToken).ConfigureAwait(false);
        var byExternal = await ReadAsync(tenant, ContactEntity.ExternalIdIndex, externals, e => e.ExternalId!, cancellationToken).ConfigureAwait(false);
        var found = new Contact?[keys.Count];
        for (var i = 0; i < found.Length; i++)
        {
            found[i] = keys[i].ContactId is { } id ? byId.GetValueOrDefault(ContactEntity.KeyOf(id))
                : keys[i].ExternalId is { } external ? byExternal.GetValueOrDefault(external)
                : null;
        }

        return found;
    }

    public ValueTask<Contact?> FindByAddressAsync(TenantId tenant, Address address, CancellationToken cancellationToken) =>
        search.ByAddressAsync(tenant, address, cancellationToken);

    private async ValueTask<Dictionary<string, Contact>> ReadAsync(
        TenantId tenant, string index, HashSet<string> values, Func<ContactEntity, string> key, CancellationToken cancellationToken)
    {
        var contacts = new Dictionary<string, Contact>(values.Count, StringComparer.Ordinal);
        if (values.Count > 0)
        {
            foreach (var found in await search.AllAsync(tenant, index, [.. values], cancellationToken).ConfigureAwait(false))
            {
                contacts[key(found.Value)] = found.Value.ToContact();
            }
        }

        return contacts;
    }
}
