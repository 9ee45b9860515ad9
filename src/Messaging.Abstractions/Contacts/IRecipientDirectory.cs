namespace Messaging.Contacts;

/// <summary>The host's own users. The suite's contact store is the default.</summary>
public interface IRecipientDirectory
{
    /// <summary>Finds many at once.</summary>
    /// <returns>One entry for each key, in order; <see langword="null"/> for an unknown one.</returns>
    ValueTask<IReadOnlyList<Contact?>> FindAsync(TenantId tenant, IReadOnlyList<RecipientKey> keys, CancellationToken cancellationToken);

    /// <summary>Finds whoever is reached at an address.</summary>
    ValueTask<Contact?> FindByAddressAsync(TenantId tenant, Address address, CancellationToken cancellationToken);
}
