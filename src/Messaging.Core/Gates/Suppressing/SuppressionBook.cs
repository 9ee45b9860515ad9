using System.Collections.Concurrent;
using Messaging.Storage;

namespace Messaging.Gates;

/// <summary>Reads and plans suppressions.</summary>
internal sealed class SuppressionBook(IEntityStore entities)
{
    /// <summary>Tenants known to have suppressions: that never becomes untrue, so it is asked once.</summary>
    private readonly ConcurrentDictionary<TenantId, bool> _marked = new();

    /// <summary>Returns whether a tenant has any suppression: one read without a key to build, until the first is there.</summary>
    public ValueTask<bool> AnyAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        if (_marked.ContainsKey(tenant))
        {
            return new(true);
        }

        var read = GetAsync(tenant, SuppressionKeys.Mark, cancellationToken);
        return read.IsCompletedSuccessfully ? new(Marked(tenant, read.Result)) : MarkedAsync(tenant, read);
    }

    /// <summary>Reads what is kept under a key.</summary>
    public ValueTask<Versioned<SuppressionList>?> GetAsync(TenantId tenant, string key, CancellationToken cancellationToken) =>
        entities.GetAsync<SuppressionList>(tenant, key, cancellationToken);

    /// <summary>Reads what is kept under many keys, in one query.</summary>
    public async ValueTask<IReadOnlyDictionary<(TenantId Tenant, string Key), SuppressionList>> FindAsync(
        IReadOnlyCollection<TenantId> tenants, IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        var query = new EntityQuery
        {
            Tenant = tenants.Count == 1 ? tenants.First() : null,
            Index = SuppressionList.ByWho,
            Values = keys,
            Limit = keys.Count,
        };
        var found = new Dictionary<(TenantId, string), SuppressionList>();
        Page<Versioned<SuppressionList>> page;
        do
        {
            page = await entities.FindAsync<SuppressionList>(query, cancellationToken).ConfigureAwait(false);
            foreach (var list in page.Items)
            {
                found[(list.Value.Tenant, list.Value.Key)] = list.Value;
            }

            query = query with { Cursor = page.Next };
        }
        while (page.Next is not null);

        return found;
    }

    /// <summary>Makes the writes that add a suppression, to be committed alone or with what made it necessary.</summary>
    /// <param name="suppression">What is added, its address in canonical form.</param>
    /// <param name="now">The instant.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async ValueTask<IReadOnlyList<EntityChange>> PlanAsync(Suppression suppression, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var current = await GetAsync(suppression.Tenant, KeyOf(suppression), cancellationToken).ConfigureAwait(false);
        return Plan(suppression, current, now).Changes;
    }

    /// <summary>Makes the writes that add a suppression to what is there.</summary>
    public (IReadOnlyList<EntityChange> Changes, SuppressionList Result) Plan(Suppression suppression, Versioned<SuppressionList>? current, DateTimeOffset now)
    {
        var before = current?.Value ?? Empty(suppression);
        var after = before.With(EntryOf(suppression, now), now);
        List<EntityChange> changes = [EntityChange.Put(after, current?.Version ?? 0)];
        if (!_marked.ContainsKey(suppression.Tenant))
        {
            changes.Add(EntityChange.Put(new SuppressionList { Tenant = suppression.Tenant, Key = SuppressionKeys.Mark }));
        }

        return (changes, after);
    }

    public static string KeyOf(Suppression suppression) =>
        suppression.Address is { } address ? SuppressionKeys.Of(address) : SuppressionKeys.Of(suppression.ContactId!.Value);

    /// <summary>An address is of one kind, so what is said of it is said of that kind.</summary>
    public static string? KindOf(Suppression suppression) => suppression.Address?.Kind ?? suppression.Kind;

    private static SuppressionList Empty(Suppression suppression) =>
        new() { Tenant = suppression.Tenant, Key = KeyOf(suppression), Address = suppression.Address, ContactId = suppression.ContactId };

    private static SuppressionEntry EntryOf(Suppression suppression, DateTimeOffset now) => new(
        KindOf(suppression), suppression.Category, suppression.Reason, suppression.Source,
        suppression.Since == default ? now : suppression.Since, suppression.Until);

    private async ValueTask<bool> MarkedAsync(TenantId tenant, ValueTask<Versioned<SuppressionList>?> read) =>
        Marked(tenant, await read.ConfigureAwait(false));

    private bool Marked(TenantId tenant, Versioned<SuppressionList>? mark)
    {
        if (mark is not null)
        {
            _marked[tenant] = true;
        }

        return mark is not null;
    }
}
