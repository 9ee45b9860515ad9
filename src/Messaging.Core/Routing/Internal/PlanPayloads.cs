using Messaging.Storage;

namespace Messaging.Routing;

/// <summary>Says when the content of a sensitive message is to be let go of: when the last of its routes has ended.</summary>
internal sealed class PlanPayloads(IMessageReader reader, IEntityStore entities)
{
    /// <summary>Returns whether the message of a plan is sensitive, and still there.</summary>
    public async ValueTask<bool> IsSensitiveAsync(DeliveryPlan plan, CancellationToken cancellationToken) =>
        await reader.GetMessageAsync(plan.Tenant, plan.MessageId, cancellationToken).ConfigureAwait(false) is { Sensitive: true };

    /// <summary>Returns the message of a sensitive plan that has ended, unless another of its routes goes on.</summary>
    public async ValueTask<IReadOnlyList<PayloadDrop>> FindDropsAsync(DeliveryPlan ended, CancellationToken cancellationToken)
    {
        var query = new EntityQuery { Tenant = ended.Tenant, Index = DeliveryPlan.ByMessage, Values = [ended.MessageId.ToString()] };
        do
        {
            var page = await entities.FindAsync<DeliveryPlan>(query, cancellationToken).ConfigureAwait(false);
            if (page.Items.Any(p => p.Value.Status == PlanStatus.Active))
            {
                return [];
            }

            query = query with { Cursor = page.Next };
        }
        while (query.Cursor is not null);

        return [new PayloadDrop(ended.Tenant, ended.MessageId)];
    }
}
