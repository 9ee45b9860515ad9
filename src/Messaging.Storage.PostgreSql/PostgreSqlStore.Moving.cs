using Messaging.Storage.PostgreSql.Data;
using Messaging.Storage.PostgreSql.Moving;

namespace Messaging.Storage.PostgreSql;

public sealed partial class PostgreSqlStore
{
    /// <inheritdoc/>
    public async ValueTask ImportAsync(StoreParcel parcel, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(parcel);
        await StartAsync(cancellationToken).ConfigureAwait(false);
        var importer = new Importer(_database, Turns);
        await importer.RunAsync(parcel, cancellationToken).ConfigureAwait(false);
        if (parcel.Entities.Count > 0)
        {
            // Each is a change of its own: one that is there already stands in no other's way.
            var results = await CommitAsync([.. parcel.Entities.Select(entity => new Change { Entities = [entity] })], cancellationToken).ConfigureAwait(false);
            await importer.ThrowIfMissingAsync([.. parcel.Entities.Where((_, i) => results[i].Status != ChangeStatus.Applied)], cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async ValueTask ImportAttachmentAsync(TenantId tenant, string key, Stream content, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(content);
        var id = Guid.ParseExact(key, "N");
        await StartAsync(cancellationToken).ConfigureAwait(false);
        var there = await _database.ListAsync(
            "SELECT a.part FROM messaging.attachments a WHERE a.tenant = $1 AND a.id = $2 LIMIT 1",
            static reader => reader.GetInt32(0),
            cancellationToken,
            Query.With(tenant.Value),
            Query.With(id)).ConfigureAwait(false);
        if (there.Count == 0)
        {
            await new PostgreSqlAttachmentStore(this).PutAsync(tenant, id, content, cancellationToken).ConfigureAwait(false);
        }
    }
}
