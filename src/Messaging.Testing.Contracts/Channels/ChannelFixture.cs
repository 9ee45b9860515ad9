using Messaging.Channels;

namespace Messaging.Testing.Contracts.Channels;

/// <summary>A channel and the provider behind it, which does as it is told.</summary>
public abstract class ChannelFixture : IAsyncDisposable
{
    /// <summary>Gets the channel under test.</summary>
    public abstract IChannel Channel { get; }

    /// <summary>Gets a value indicating whether the provider's id follows from the delivery, so that every attempt gives the same.</summary>
    public virtual bool HasStableIds => false;

    /// <summary>Gets an address that cannot exist on this medium; <see langword="null"/> when every text could be one.</summary>
    public virtual string? ImpossibleAddress => null;

    /// <summary>Makes a message that the channel can send, for a recipient of its own.</summary>
    public virtual OutboundMessage Message() => Some.Message(Channel.Capabilities.Kind);

    /// <summary>Sets what the provider does from now on.</summary>
    /// <returns><see langword="false"/> when this provider cannot do it; the tests of it are then left out.</returns>
    public abstract bool TrySet(ProviderBehavior behavior);

    /// <summary>Counts the messages that the provider has taken.</summary>
    public abstract ValueTask<int> CountAsync();

    /// <inheritdoc/>
    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        switch (Channel)
        {
            case IAsyncDisposable disposable:
                await disposable.DisposeAsync();
                break;
            case IDisposable disposable:
                disposable.Dispose();
                break;
        }
    }
}
