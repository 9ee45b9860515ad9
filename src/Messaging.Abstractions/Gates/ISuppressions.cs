namespace Messaging.Gates;

/// <summary>Keeps the lists of those who must not be written to.</summary>
public interface ISuppressions
{
    /// <summary>Adds a suppression, or strengthens the one of the same address or contact, kind and category.</summary>
    /// <returns>What now stands.</returns>
    /// <exception cref="ArgumentException">Neither or both of address and contact are set.</exception>
    ValueTask<Suppression> AddAsync(Suppression suppression, CancellationToken cancellationToken = default);

    /// <summary>Lifts a suppression.</summary>
    /// <param name="suppression">Whose, of which kind and category.</param>
    /// <param name="byRecipient">Whether the recipient asked for it: nothing else lifts <see cref="SuppressionReason.Unsubscribed"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns><see langword="false"/> when there was none, or it may not be lifted.</returns>
    ValueTask<bool> RemoveAsync(Suppression suppression, bool byRecipient = false, CancellationToken cancellationToken = default);

    /// <summary>Lists what stands against an address.</summary>
    ValueTask<IReadOnlyList<Suppression>> FindAsync(TenantId tenant, Address address, CancellationToken cancellationToken = default);

    /// <summary>Lists what stands against a contact.</summary>
    ValueTask<IReadOnlyList<Suppression>> FindAsync(TenantId tenant, ContactId contact, CancellationToken cancellationToken = default);
}
