using Messaging.Storage;

namespace Messaging.Contacts;

/// <summary>Finds contacts in the store by what it indexes.</summary>
internal sealed class ContactSearch(IEntityStore entities)
{
    public async ValueTask<Versioned<ContactEntity>?> ByExternalIdAsync(TenantId tenant, string externalId, CancellationToken cancellationToken)
    {
        var page = await FindAsync(tenant, ContactEntity.ExternalIdIndex, [externalId], null, 1, cancellationToken).ConfigureAwait(false);
        return page.Items is [var found, ..] ? found : null;
    }

    /// <summary>Finds all that have one of the values.</summary>
    public async ValueTask<IReadOnlyList<Versioned<ContactEntity>>> AllAsync(TenantId tenant, string index, IReadOnlyList<string> values, CancellationToken cancellationToken)
    {
        var page = await FindAsync(tenant, index, values, null, values.Count, cancellationToken).ConfigureAwait(false);
        return page.Items;
    }

    /// <summary>Finds whoever has an address; of several, the one who was there first.</summary>
    public async ValueTask<Contact?> ByAddressAsync(TenantId tenant, Address address, CancellationToken cancellationToken)
    {
        var page = await FindAsync(tenant, ContactEntity.AddressIndex, [ContactEntity.IndexValue(address)], null, 1, cancellationToken).ConfigureAwait(false);
        return page.Items is [var found, ..] ? found.Value.ToContact() : null;
    }

    /// <summary>Lists by what narrows most, and looks at the rest itself.</summary>
    public async ValueTask<Page<Contact>> ListAsync(TenantId tenant, string? search, string? tag, string? cursor, int limit, CancellationToken cancellationToken)
    {
        var (index, values) = !string.IsNullOrWhiteSpace(search) ? (ContactEntity.NameIndex, [search])
            : tag is not null ? (ContactEntity.TagIndex, [tag])
            : (ContactEntity.NameOrderIndex, (string[])[]);
        var contacts = new List<Contact>(limit);
        do
        {
            var page = await FindAsync(tenant, index, values, cursor, limit - contacts.Count, cancellationToken).ConfigureAwait(false);
            foreach (var found in page.Items)
            {
                if (tag is null || found.Value.Tags.Contains(tag))
                {
                    contacts.Add(found.Value.ToContact());
                }
            }

            cursor = page.Next;
        }
        while (cursor is not null && contacts.Count < limit);

        return new Page<Contact>(contacts, cursor);
    }

    private ValueTask<Page<Versioned<ContactEntity>>> FindAsync(
        TenantId tenant, string index, IReadOnlyList<string> values, string? cursor, int limit, CancellationToken cancellationToken) =>
        entities.FindAsync<ContactEntity>(new EntityQuery { Tenant = tenant, Index = index, Values = values, Cursor = cursor, Limit = limit }, cancellationToken);
}
