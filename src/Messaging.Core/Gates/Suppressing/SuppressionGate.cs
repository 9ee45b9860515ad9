namespace Messaging.Gates;

/// <summary>Stops what must not reach somebody.</summary>
internal sealed class SuppressionGate(SuppressionBook book) : IMarkedGate
{
    public string Name => "suppression";

    public int Order => GateOrder.Suppression;

    /// <summary>A STOP during a long bulk counts at once.</summary>
    public GateRecheck Recheck => GateRecheck.Always;

    public ValueTask EvaluateAsync(GateBatch batch, CancellationToken cancellationToken)
    {
        if (!batch.HasOneTenant(out var tenant))
        {
            return DecideManyAsync(batch, batch.Tenants(), cancellationToken);
        }

        var any = book.AnyAsync(tenant, cancellationToken);
        if (!any.IsCompletedSuccessfully)
        {
            return DecideAsync(batch, any, tenant, cancellationToken);
        }

        return any.Result ? DecideAsync(batch, tenant, cancellationToken) : default;
    }

    public ValueTask<bool> IsMarkedAsync(GateBatch batch, CancellationToken cancellationToken) =>
        batch.HasOneTenant(out var tenant) ? book.AnyAsync(tenant, cancellationToken) : AnyAsync(batch.Tenants(), cancellationToken);

    private async ValueTask<bool> AnyAsync(HashSet<TenantId> tenants, CancellationToken cancellationToken) =>
        (await MarkedAsync(tenants, cancellationToken).ConfigureAwait(false)).Count > 0;

    private static void Decide(GateCandidate candidate, SuppressionList? list, DateTimeOffset now)
    {
        if (list?.Against(candidate.Address.Kind, candidate.Category, now) is { } entry && candidate.Outcome == GateOutcome.Pass)
        {
            candidate.Suppress(SuppressionText.Explain(entry, list));
        }
    }

    private async ValueTask DecideAsync(GateBatch batch, ValueTask<bool> any, TenantId tenant, CancellationToken cancellationToken)
    {
        if (await any.ConfigureAwait(false))
        {
            await DecideAsync(batch, tenant, cancellationToken).ConfigureAwait(false);
        }
    }

    private ValueTask DecideAsync(GateBatch batch, TenantId tenant, CancellationToken cancellationToken) =>
        batch.Candidates.Count == 1 ? DecideOneAsync(batch, cancellationToken) : DecideManyAsync(batch, [tenant], cancellationToken);

    private async ValueTask DecideOneAsync(GateBatch batch, CancellationToken cancellationToken)
    {
        var candidate = batch.Candidates[0];
        var ofAddress = await book.GetAsync(candidate.Tenant, SuppressionKeys.Of(candidate.Address), cancellationToken).ConfigureAwait(false);
        Decide(candidate, ofAddress?.Value, batch.Now);
        if (candidate.ContactId is { } contact)
        {
            var ofContact = await book.GetAsync(candidate.Tenant, SuppressionKeys.Of(contact), cancellationToken).ConfigureAwait(false);
            Decide(candidate, ofContact?.Value, batch.Now);
        }
    }

    private async ValueTask DecideManyAsync(GateBatch batch, HashSet<TenantId> tenants, CancellationToken cancellationToken)
    {
        var marked = await MarkedAsync(tenants, cancellationToken).ConfigureAwait(false);
        if (marked.Count == 0)
        {
            return;
        }

        var lists = await book.FindAsync(marked, KeysOf(batch, marked), cancellationToken).ConfigureAwait(false);
        if (lists.Count == 0)
        {
            return;
        }

        foreach (var candidate in batch.Candidates)
        {
            Decide(candidate, lists.GetValueOrDefault((candidate.Tenant, SuppressionKeys.Of(candidate.Address))), batch.Now);
            if (candidate.ContactId is { } contact)
            {
                Decide(candidate, lists.GetValueOrDefault((candidate.Tenant, SuppressionKeys.Of(contact))), batch.Now);
            }
        }
    }

    private async ValueTask<HashSet<TenantId>> MarkedAsync(HashSet<TenantId> tenants, CancellationToken cancellationToken)
    {
        // All are asked for before the first answer is awaited: a store that joins look-ups makes one query of them.
        var asked = tenants.Select(tenant => (Tenant: tenant, Any: book.AnyAsync(tenant, cancellationToken).AsTask())).ToList();
        await Task.WhenAll(asked.Select(ask => ask.Any)).ConfigureAwait(false);
        var marked = new HashSet<TenantId>(asked.Count);
        foreach (var (tenant, any) in asked)
        {
            if (await any.ConfigureAwait(false))
            {
                marked.Add(tenant);
            }
        }

        return marked;
    }

    private static List<string> KeysOf(GateBatch batch, HashSet<TenantId> tenants)
    {
        var keys = new List<string>(batch.Candidates.Count);
        foreach (var candidate in batch.Candidates)
        {
            if (!tenants.Contains(candidate.Tenant))
            {
                continue;
            }

            keys.Add(SuppressionKeys.Of(candidate.Address));
            if (candidate.ContactId is { } contact)
            {
                keys.Add(SuppressionKeys.Of(contact));
            }
        }

        return keys;
    }
}
