using Messaging.Routing;
using Messaging.Storage;

namespace Messaging.Operations;

/// <summary>Withdraws plans, in pages, so that no further step of a route starts.</summary>
internal sealed class PlanSweep(IEntityStore entities, IMessageStore store, PlanPayloads payloads)
{
    private const int Page = 100;

    /// <summary>Withdraws every open plan that an index finds. A plan that somebody moved meanwhile is read again.</summary>
    public async Task CancelAsync(TenantId tenant, string index, string value, CancellationToken cancellationToken)
    {
        var query = new EntityQuery { Tenant = tenant, Index = index, Values = [value], Limit = Page };
        while (true)
        {
            // Those that are withdrawn leave the index: the first page is always the next one.
            var page = await entities.FindAsync<DeliveryPlan>(query, cancellationToken).ConfigureAwait(false);
            if (page.Items.Count == 0)
            {
                return;
            }

            List<Change> changes = new(page.Items.Count);
            foreach (var plan in page.Items)
            {
                changes.Add(Cancel(plan, await payloads.IsSensitiveAsync(plan.Value, cancellationToken).ConfigureAwait(false)));
            }

            await store.CommitAsync(changes, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>What is sensitive goes with it: the message's other routes are withdrawn as well, if not yet then next.</summary>
    private static Change Cancel(Versioned<DeliveryPlan> plan, bool sensitive) => new()
    {
        Entities = [EntityChange.Put(plan.Value.Forget() with { Status = PlanStatus.Canceled }, plan.Version)],
        Drops = sensitive ? [new PayloadDrop(plan.Value.Tenant, plan.Value.MessageId)] : [],
    };
}
