using Messaging.Storage;

namespace Messaging.Contacts;

/// <inheritdoc cref="IContacts"/>
internal sealed class ContactBook(IMessageStore store, IEntityStore entities, ContactRules rules, ContactSearch contacts, IdGenerator ids) : IContacts
{
    /// <summary>Two who save one contact at once take turns; more than this many turns mean that something else is wrong.</summary>
    private const int Turns = 10;

    public async ValueTask<Contact> SaveAsync(Contact contact, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(contact);
        contact = rules.Normalize(contact);
        for (var turn = 0; turn < Turns; turn++)
        {
            var before = await BeforeAsync(contact, cancellationToken).ConfigureAwait(false);
            var saved = contact with { Id = before?.Value.Id ?? (contact.Id == default ? new ContactId(ids.Next()) : contact.Id) };
            var change = new Change { Entities = [EntityChange.Put(ContactEntity.Of(saved), before?.Version ?? 0)] };
            var results = await store.CommitAsync([change], cancellationToken).ConfigureAwait(false);
            if (results[0].Status == ChangeStatus.Applied)
            {
                return saved;
            }

            if (contact.Id != default)
            {
                await ThrowIfTakenAsync(saved, cancellationToken).ConfigureAwait(false);
            }

            // Without an id, whoever has the external id by now is who is meant: the next turn changes that one.
        }

        throw new InvalidOperationException("The contact is being changed by many at once. Try again.");
    }

    public async ValueTask<Contact?> GetAsync(TenantId tenant, ContactId id, CancellationToken cancellationToken = default) =>
        (await entities.GetAsync<ContactEntity>(tenant, ContactEntity.KeyOf(id), cancellationToken).ConfigureAwait(false))?.Value.ToContact();

    public async ValueTask<Contact?> GetAsync(TenantId tenant, string externalId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(externalId);
        return (await contacts.ByExternalIdAsync(tenant, externalId, cancellationToken).ConfigureAwait(false))?.Value.ToContact();
    }

    public async ValueTask<bool> DeleteAsync(TenantId tenant, ContactId id, CancellationToken cancellationToken = default)
    {
        var key = ContactEntity.KeyOf(id);
        if (await entities.GetAsync<ContactEntity>(tenant, key, cancellationToken).ConfigureAwait(false) is null)
        {
            return false;
        }

        await store.CommitAsync([new Change { Entities = [EntityChange.Delete<ContactEntity>(tenant, key)] }], cancellationToken).ConfigureAwait(false);
        return true;
    }

    public ValueTask<Page<Contact>> ListAsync(
        TenantId tenant, string? search = null, string? tag = null, string? cursor = null, int limit = 50, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, 100);
        return contacts.ListAsync(tenant, search, tag, cursor, limit, cancellationToken);
    }

    private async ValueTask<Versioned<ContactEntity>?> BeforeAsync(Contact contact, CancellationToken cancellationToken) =>
        contact.Id != default ? await entities.GetAsync<ContactEntity>(contact.Tenant, ContactEntity.KeyOf(contact.Id), cancellationToken).ConfigureAwait(false)
        : contact.ExternalId is { } external ? await contacts.ByExternalIdAsync(contact.Tenant, external, cancellationToken).ConfigureAwait(false)
        : null;

    private async ValueTask ThrowIfTakenAsync(Contact saved, CancellationToken cancellationToken)
    {
        if (saved.ExternalId is { } external
            && await contacts.ByExternalIdAsync(saved.Tenant, external, cancellationToken).ConfigureAwait(false) is { } other
            && other.Value.Id != saved.Id)
        {
            throw new ArgumentException("ExternalId: another contact of the tenant has this key. Save that one, or give this one a key of its own.", nameof(saved));
        }
    }
}
