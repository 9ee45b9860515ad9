using Messaging.Storage;

namespace Messaging.Sending;

/// <summary>Reads the refused items of bulks, for history.</summary>
internal sealed class BulkRefusals(IEntityStore entities)
{
    /// <summary>Lists refused items in the order of the stream.</summary>
    public async ValueTask<Page<BulkRefusal>> ListAsync(TenantId tenant, MessageId bulk, string? cursor, int limit, CancellationToken cancellationToken)
    {
        var query = new EntityQuery { Tenant = tenant, Index = BulkRefused.BulkIndex, Values = [BulkRefused.IndexValue(bulk.Value)], Cursor = cursor, Limit = limit };
        var page = await entities.FindAsync<BulkRefused>(query, cancellationToken).ConfigureAwait(false);
        return new Page<BulkRefusal>([.. page.Items.Select(e => new BulkRefusal(e.Value.Position, e.Value.Reference, e.Value.Problems))], page.Next);
    }
}
