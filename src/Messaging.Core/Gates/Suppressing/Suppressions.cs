using Messaging.Sending;
using Messaging.Storage;

namespace Messaging.Gates;

/// <inheritdoc cref="ISuppressions"/>
internal sealed class Suppressions(SuppressionBook book, EntityEditor editor, AddressBook addresses, TimeProvider time) : ISuppressions
{
    public async ValueTask<Suppression> AddAsync(Suppression suppression, CancellationToken cancellationToken = default)
    {
        var wanted = Canonical(suppression);
        ArgumentException.ThrowIfNullOrWhiteSpace(wanted.Source, nameof(suppression));
        var list = await editor.EditAsync<SuppressionList, SuppressionList>(
            wanted.Tenant,
            SuppressionBook.KeyOf(wanted),
            current =>
            {
                var (changes, result) = book.Plan(wanted, current, time.GetUtcNow());
                return (new Change { Entities = changes }, result);
            },
            cancellationToken).ConfigureAwait(false);
        var stands = list.Standing(SuppressionBook.KindOf(wanted), wanted.Category, time.GetUtcNow());
        return stands is null ? wanted : Show(list, stands);
    }

    public async ValueTask<bool> RemoveAsync(Suppression suppression, bool byRecipient = false, CancellationToken cancellationToken = default)
    {
        var wanted = Canonical(suppression);
        return await editor.EditAsync<SuppressionList, bool>(
            wanted.Tenant,
            SuppressionBook.KeyOf(wanted),
            current => current is null ? (null, false) : Remove(current, SuppressionBook.KindOf(wanted), wanted.Category, byRecipient),
            cancellationToken).ConfigureAwait(false);
    }

    public ValueTask<IReadOnlyList<Suppression>> FindAsync(TenantId tenant, Address address, CancellationToken cancellationToken = default) =>
        FindAsync(tenant, SuppressionKeys.Of(Canonical(address)), cancellationToken);

    public ValueTask<IReadOnlyList<Suppression>> FindAsync(TenantId tenant, ContactId contact, CancellationToken cancellationToken = default) =>
        FindAsync(tenant, SuppressionKeys.Of(contact), cancellationToken);

    private static (Change? Change, bool Result) Remove(Versioned<SuppressionList> current, string? kind, string? category, bool byRecipient)
    {
        var list = current.Value;
        var after = list.Without(kind, category, byRecipient);
        var removed = after.Entries.Count < list.Entries.Count;
        var write = after.Entries.Count > 0
            ? EntityChange.Put(after, current.Version)
            : EntityChange.Delete<SuppressionList>(list.Tenant, list.Key, current.Version);
        return (removed ? new Change { Entities = [write] } : null, removed && !after.Entries.Any(entry => entry.SameScope(kind, category)));
    }

    private static Suppression Show(SuppressionList list, SuppressionEntry entry) => new()
    {
        Tenant = list.Tenant,
        Address = list.Address,
        ContactId = list.ContactId,
        Kind = entry.Kind,
        Category = entry.Category,
        Reason = entry.Reason,
        Source = entry.Source,
        Since = entry.Since,
        Until = entry.Until,
    };

    private async ValueTask<IReadOnlyList<Suppression>> FindAsync(TenantId tenant, string key, CancellationToken cancellationToken)
    {
        var found = await book.GetAsync(tenant, key, cancellationToken).ConfigureAwait(false);
        if (found is not { Value: var list })
        {
            return [];
        }

        var now = time.GetUtcNow();
        return
        [
            .. list.Entries.Where(entry => entry.Stands(now))
                .GroupBy(entry => (entry.Kind, entry.Category))
                .Select(scope => Show(list, scope.MaxBy(entry => entry.Reason)!)),
        ];
    }

    private Suppression Canonical(Suppression suppression)
    {
        ArgumentNullException.ThrowIfNull(suppression);
        if (suppression.Address is null == suppression.ContactId is null)
        {
            throw new ArgumentException("A suppression is about an address or a contact: set exactly one of Address and ContactId.", nameof(suppression));
        }

        return suppression.Address is { } address ? suppression with { Address = Canonical(address) } : suppression;
    }

    private Address Canonical(Address address) => addresses.TryNormalize(address, out var canonical, out var problem)
        ? canonical
        : throw new ArgumentException($"Address: {problem}", nameof(address));
}
