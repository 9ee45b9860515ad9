using Messaging.Storage;
using Microsoft.Extensions.Options;

namespace Messaging.Gates;

/// <summary>Keeps tenants within what they may send. One write per tenant and claimed batch, under the version of what was counted before.</summary>
internal sealed class QuotaGate(IEntityStore entities, EntityEditor editor, IOptionsMonitor<QuotaOptions> options) : ISendGate
{
    public string Name => "quota";

    public int Order => GateOrder.Quota;

    /// <summary>Counts at the claim that sends.</summary>
    public GateRecheck Recheck => GateRecheck.Always;

    public async ValueTask EvaluateAsync(GateBatch batch, CancellationToken cancellationToken)
    {
        var count = batch is { BeforeSend: true, DryRun: false };
        foreach (var tenant in batch.Tenants())
        {
            var (day, month) = LimitsOf(tenant);
            var candidates = batch.Candidates.Where(candidate => candidate.Tenant == tenant && !candidate.Counted).ToList();
            if ((day ?? month) is not null && candidates.Count > 0)
            {
                var counter = new QuotaCount(candidates, day, month, batch.Now, count);
                await DecideAsync(tenant, counter, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async ValueTask DecideAsync(TenantId tenant, QuotaCount counter, CancellationToken cancellationToken)
    {
        if (!counter.Counts)
        {
            var usage = await entities.GetAsync<QuotaUsage>(tenant, QuotaUsage.OnlyKey, cancellationToken).ConfigureAwait(false);
            counter.Decide(usage?.Value, tenant);
            return;
        }

        await editor.EditAsync<QuotaUsage, bool>(
            tenant,
            QuotaUsage.OnlyKey,
            current => counter.Decide(current?.Value, tenant) is { } used
                ? (new Change { Entities = [EntityChange.Put(used, current?.Version ?? 0)] }, true)
                : (null, false),
            cancellationToken).ConfigureAwait(false);
    }

    private (int? Day, int? Month) LimitsOf(TenantId tenant)
    {
        var current = options.CurrentValue;
        return current.Tenants.TryGetValue(tenant.Value, out var own) ? (own.PerDay, own.PerMonth) : (current.PerDay, current.PerMonth);
    }
}
