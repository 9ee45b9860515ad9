namespace Messaging;

/// <summary>One message for many recipients, read from a stream.</summary>
public sealed record BulkRequest
{
    /// <summary>Gets what all items share. Its <see cref="SendRequest.To"/> stays empty; its <see cref="SendRequest.IdempotencyKey"/> is <see cref="Key"/>.</summary>
    public required SendRequest Message { get; init; }

    /// <summary>Gets the recipients, each with data of its own. Read once, as fast as the store takes them.</summary>
    public required IAsyncEnumerable<BulkItem> Items { get; init; }

    /// <summary>Gets the key under which an item is accepted once per recipient, so that playing the stream again resumes; up to 200 characters.</summary>
    /// <value><see langword="null"/> means a new bulk at each call.</value>
    public string? Key { get; init; }
}
