using Messaging.Channels;

namespace Messaging.Sending;

/// <summary>One step of the way to a recipient; without a route there is one.</summary>
/// <param name="Step">Its place in the route.</param>
/// <param name="Channel">The name that the request or the route uses.</param>
/// <param name="Target">What the name stands for.</param>
internal sealed record StepTarget(int Step, string Channel, ChannelTarget Target);
