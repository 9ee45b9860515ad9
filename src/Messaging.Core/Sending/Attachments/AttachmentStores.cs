using Messaging.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Messaging.Sending;

/// <summary>The attachment store that the host chose, else the one that came with the message store.</summary>
internal sealed class AttachmentStores(IServiceProvider services)
{
    /// <summary>The key of the host's choice, so that it counts whichever store of messages is chosen before or after.</summary>
    public const string HostChoice = "messaging-attachments";

    private readonly Lazy<IAttachmentStore?> _current =
        new(() => services.GetKeyedService<IAttachmentStore>(HostChoice) ?? services.GetService<IAttachmentStore>());

    /// <summary>Gets the store; <see langword="null"/> when there is none.</summary>
    public IAttachmentStore? Current => _current.Value;
}
