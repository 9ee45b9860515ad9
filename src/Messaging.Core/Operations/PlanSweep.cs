using Messaging.Routing;
using Messaging.Storage;

namespace Messaging.Operations;

/// <summary>Withdraws plans, in pages, so that no further step of a route starts.</summary>
internal sealed class PlanSweep(IEntityStore entities, IMessageStore store)
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

            await store.CommitAsync([.. page.Items.Select(Cancel)], cancellationToken).ConfigureAwait(false);
        }
    }

    private static Change Cancel(Versioned<DeliveryPlan> plan)
    {
        var canceled = plan.Value with { Status = PlanStatus.Canceled, Steps = [.. plan.Value.Steps.Select(step => step with { Payload = null })] };
        return new Change { Entities = [EntityChange.Put(canceled, plan.Version)] };
    }
}
