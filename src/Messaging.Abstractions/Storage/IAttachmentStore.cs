namespace Messaging.Storage;

/// <summary>Keeps attachments that are too large to travel with their message.</summary>
public interface IAttachmentStore
{
    /// <summary>Keeps the bytes, durably when the task completes.</summary>
    /// <returns>The key to open them by.</returns>
    ValueTask<string> PutAsync(TenantId tenant, Stream content, CancellationToken cancellationToken);

    /// <summary>Opens the bytes; the caller disposes the stream.</summary>
    /// <exception cref="FileNotFoundException">There is nothing under the key.</exception>
    ValueTask<Stream> OpenAsync(TenantId tenant, string key, CancellationToken cancellationToken);

    /// <summary>Deletes the bytes, if they are there.</summary>
    ValueTask DeleteAsync(TenantId tenant, string key, CancellationToken cancellationToken);
}
