using Messaging.Storage;

namespace Messaging.Testing.Contracts.Storage;

/// <summary>An empty store of its own for one test, and the clock that it goes by. Every contract of storage has its seam here; a store without one leaves it as it is.</summary>
public abstract class StoreFixture : IAsyncDisposable
{
    /// <summary>Gets the store.</summary>
    public virtual IMessageStore Store => throw Missing(nameof(IMessageStore));

    /// <summary>Gets the queue.</summary>
    public virtual IWorkQueue Queue => throw Missing(nameof(IWorkQueue));

    /// <summary>Gets the reader.</summary>
    public virtual IMessageReader Reader => throw Missing(nameof(IMessageReader));

    /// <summary>Gets the entities.</summary>
    public virtual IEntityStore Entities => throw Missing(nameof(IEntityStore));

    /// <summary>Gets the limiter.</summary>
    public virtual IRateLimitStore Limits => throw Missing(nameof(IRateLimitStore));

    /// <summary>Gets the attachments.</summary>
    public virtual IAttachmentStore Attachments => throw Missing(nameof(IAttachmentStore));

    /// <summary>Gets what the store's clock shows; <see cref="Some.Instant"/> at first.</summary>
    public abstract DateTimeOffset Now { get; }

    /// <summary>Moves the store's clock on and lets it see what has become due. In SQL this moves the clock function.</summary>
    public abstract ValueTask AdvanceAsync(TimeSpan by);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();

    private static NotSupportedException Missing(string contract) =>
        new($"The fixture has no {contract}. Override the property, or do not derive from the suite that asks for it.");
}
