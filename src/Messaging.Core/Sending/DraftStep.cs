using Messaging.Channels;
using Messaging.Gates;
using Messaging.Templates;

namespace Messaging.Sending;

/// <summary>A delivery in the making.</summary>
internal sealed class DraftStep
{
    public required StepTarget Way { get; init; }

    public required Address Address { get; init; }

    public ChannelTarget Target => Way.Target;

    public DeliveryId Id { get; set; }

    /// <summary>Gets or sets the template for the step's kind and the recipient's locale; <see langword="null"/> for raw content.</summary>
    public IResolvedTemplate? Template { get; set; }

    /// <summary>Gets or sets where the payload begins and ends in the submission's buffer.</summary>
    public (int Start, int End) Payload { get; set; }

    /// <summary>Gets or sets what the gates were asked; <see langword="null"/> before.</summary>
    public GateCandidate? Candidate { get; set; }
}
