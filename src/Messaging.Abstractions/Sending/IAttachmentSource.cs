namespace Messaging;

/// <summary>Makes a deferred attachment when its message is sent. Implementations are safe for concurrent use.</summary>
public interface IAttachmentSource
{
    /// <summary>Gets the name that <see cref="Attachment.Deferred"/> refers to.</summary>
    string Name { get; }

    /// <summary>Opens the bytes; the caller disposes the stream. Asked again on every attempt: it should answer with the same bytes.</summary>
    ValueTask<Stream> OpenAsync(TenantId tenant, string key, CancellationToken cancellationToken);
}
