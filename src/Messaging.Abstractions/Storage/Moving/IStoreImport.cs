namespace Messaging.Storage;

/// <summary>A store that can take over what another one holds. While it does, nobody sends from either.</summary>
public interface IStoreImport
{
    /// <summary>Takes a parcel over, durably when the task completes. What is there already stays as it is, so that a parcel that failed half-way may come again.</summary>
    /// <exception cref="InvalidOperationException">An entity cannot be written: another one has a value that only one may have.</exception>
    ValueTask ImportAsync(StoreParcel parcel, CancellationToken cancellationToken);

    /// <summary>Takes an attachment over under the key that it had, unless there is one under that key.</summary>
    /// <param name="tenant">The owner.</param>
    /// <param name="key">The key.</param>
    /// <param name="content">The bytes; the caller disposes the stream.</param>
    /// <param name="cancellationToken">Gives up; nothing is kept of it then.</param>
    ValueTask ImportAttachmentAsync(TenantId tenant, string key, Stream content, CancellationToken cancellationToken);
}
