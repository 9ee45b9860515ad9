namespace Messaging.Contacts;

/// <summary>Keeps contacts in the store.</summary>
public interface IContacts
{
    /// <summary>Saves a contact; a default <see cref="Contact.Id"/> means the one with the same external id, or a new one.</summary>
    /// <exception cref="ArgumentException">An address, locale or time zone is not valid; the text names the field.</exception>
    ValueTask<Contact> SaveAsync(Contact contact, CancellationToken cancellationToken = default);

    /// <summary>Reads a contact by the suite's key.</summary>
    ValueTask<Contact?> GetAsync(TenantId tenant, ContactId id, CancellationToken cancellationToken = default);

    /// <summary>Reads a contact by the host's key.</summary>
    ValueTask<Contact?> GetAsync(TenantId tenant, string externalId, CancellationToken cancellationToken = default);

    /// <summary>Removes a contact.</summary>
    ValueTask<bool> DeleteAsync(TenantId tenant, ContactId id, CancellationToken cancellationToken = default);

    /// <summary>Lists contacts by name; <paramref name="search"/> matches the beginning of a word of the name, ignoring case.</summary>
    ValueTask<Page<Contact>> ListAsync(TenantId tenant, string? search = null, string? tag = null, string? cursor = null, int limit = 50, CancellationToken cancellationToken = default);
}
