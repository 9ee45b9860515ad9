using Messaging.Storage.EfCore.Schema;
using Microsoft.EntityFrameworkCore;

namespace Messaging.Storage.EfCore;

/// <summary>Keeps attachments in the database, in parts of 256 KiB. Safe for concurrent use.</summary>
/// <param name="store">The store whose database it shares.</param>
public sealed class EfCoreAttachmentStore(EfCoreStore store) : IAttachmentStore
{
    private const int PartLength = 256 * 1024;

    /// <inheritdoc/>
    public async ValueTask<string> PutAsync(TenantId tenant, Stream content, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(content);
        await store.StartAsync(cancellationToken).ConfigureAwait(false);
        var id = Guid.NewGuid();
        var buffer = new byte[PartLength];
        var context = store.Database.Create();
        await using (context.ConfigureAwait(false))
        {
            // The stream is read once, so this is not tried again: whoever sends does that.
            var transaction = await BeginAsync(context, cancellationToken).ConfigureAwait(false);
            await using var _ = transaction.ConfigureAwait(false);
            for (int part = 0, length = PartLength; length == PartLength; part++)
            {
                length = await content.ReadAtLeastAsync(buffer, PartLength, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
                context.Add(new AttachmentRow { Tenant = tenant.Value, Id = id, Part = part, Bytes = buffer[..length] });
                await context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
                context.ChangeTracker.Clear();
            }

            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        }

        return id.ToString("N");
    }

    /// <inheritdoc/>
    public async ValueTask<Stream> OpenAsync(TenantId tenant, string key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        await store.StartAsync(cancellationToken).ConfigureAwait(false);
        var parts = Guid.TryParseExact(key, "N", out var id)
            ? await store.Database.ReadAsync(
                (context, _) => context.Attachments.Where(row => row.Tenant == tenant.Value && row.Id == id).OrderBy(row => row.Part)
                    .Select(row => row.Bytes).ToListAsync(cancellationToken),
                cancellationToken).ConfigureAwait(false)
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
        await store.StartAsync(cancellationToken).ConfigureAwait(false);
        if (Guid.TryParseExact(key, "N", out var id))
        {
            await store.Database.WriteAsync(
                (context, _) => context.Attachments.Where(row => row.Tenant == tenant.Value && row.Id == id).ExecuteDeleteAsync(cancellationToken),
                cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>A provider that tries again by itself must be told that this is one piece.</summary>
    private static async Task<Microsoft.EntityFrameworkCore.Storage.IDbContextTransaction> BeginAsync(MessagingDbContext context, CancellationToken cancellationToken) =>
        await context.Database.CreateExecutionStrategy().ExecuteAsync(
            token => context.Database.BeginTransactionAsync(token), cancellationToken).ConfigureAwait(false);
}
