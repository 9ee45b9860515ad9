using System.Buffers;
using Messaging.Storage.PostgreSql.Data;
using Npgsql;

namespace Messaging.Storage.PostgreSql;

/// <summary>Keeps attachments in the database, in parts of 256 KiB. Safe for concurrent use.</summary>
public sealed class PostgreSqlAttachmentStore : IAttachmentStore
{
    private const int PartLength = 256 * 1024;

    private readonly PostgreSqlStore _store;
    private readonly Database _database;

    /// <summary>Initializes the store.</summary>
    /// <param name="store">The store whose database and connections it shares.</param>
    public PostgreSqlAttachmentStore(PostgreSqlStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        (_store, _database) = (store, store.Database);
    }

    /// <inheritdoc/>
    public async ValueTask<string> PutAsync(TenantId tenant, Stream content, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(content);
        await _store.StartAsync(cancellationToken).ConfigureAwait(false);
        var id = Guid.CreateVersion7(_store.Time.GetUtcNow());
        await PutAsync(tenant, id, content, cancellationToken).ConfigureAwait(false);
        return id.ToString("N");
    }

    /// <summary>Keeps the bytes under an identity that is free.</summary>
    internal async ValueTask PutAsync(TenantId tenant, Guid id, Stream content, CancellationToken cancellationToken)
    {
        var connection = await _database.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = connection.ConfigureAwait(false);
        var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using var __ = transaction.ConfigureAwait(false);
        var buffer = ArrayPool<byte>.Shared.Rent(PartLength);
        try
        {
            for (int part = 0, length = PartLength; length == PartLength; part++)
            {
                length = await content.ReadAtLeastAsync(buffer.AsMemory(0, PartLength), PartLength, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
                await WriteAsync(connection, transaction, tenant, id, part, buffer.AsMemory(0, length), cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<Stream> OpenAsync(TenantId tenant, string key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        await _store.StartAsync(cancellationToken).ConfigureAwait(false);
        var parts = Guid.TryParseExact(key, "N", out var id)
            ? await _database.ListAsync(
                "SELECT a.bytes FROM messaging.attachments a WHERE a.tenant = $1 AND a.id = $2 ORDER BY a.part",
                static reader => reader.GetFieldValue<byte[]>(0),
                cancellationToken,
                Query.With(tenant.Value),
                Query.With(id)).ConfigureAwait(false)
            : [];
        if (parts.Count == 0)
        {
            throw new FileNotFoundException("The tenant has no attachment under this key: it was deleted, or kept by another store.");
        }

        var bytes = new MemoryStream(parts.Sum(part => part.Length));
        parts.ForEach(part => bytes.Write(part));
        bytes.Position = 0;
        return bytes;
    }

    /// <inheritdoc/>
    public async ValueTask DeleteAsync(TenantId tenant, string key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        await _store.StartAsync(cancellationToken).ConfigureAwait(false);
        if (Guid.TryParseExact(key, "N", out var id))
        {
            await _database.ExecuteAsync(
                "DELETE FROM messaging.attachments a WHERE a.tenant = $1 AND a.id = $2", cancellationToken, Query.With(tenant.Value), Query.With(id)).ConfigureAwait(false);
        }
    }

    private static async ValueTask WriteAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, TenantId tenant, Guid id, int part, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand("INSERT INTO messaging.attachments (tenant, id, part, bytes) VALUES ($1, $2, $3, $4)", connection, transaction)
        {
            Parameters = { Query.With(tenant.Value), Query.With(id), Query.With(part), Query.With(bytes) },
        };
        await using var _ = command.ConfigureAwait(false);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
