using Messaging.Benchmarks.Measuring;
using Messaging.Channels;

namespace Messaging.Benchmarks.Hosting;

/// <summary>Answers the first numbers at once and holds the others for a moment, so that a backlog of them stands.</summary>
internal sealed class PacedChannel(int singles, int crowd, Latencies latencies) : IChannel
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _singles;
    private int _crowd;

    public ChannelCapabilities Capabilities { get; } = new() { Kind = ChannelKinds.Email, Subject = true, Html = true };

    public Task Singles => _done.Task;

    public int CrowdCount => Volatile.Read(ref _crowd);

    public async ValueTask<SendResult> SendAsync(OutboundMessage message, CancellationToken cancellationToken)
    {
        var i = Numbers.Of(message.To.Address.Value);
        if (i < singles)
        {
            latencies.Arrive(i);
            if (Interlocked.Increment(ref _singles) == singles)
            {
                _done.TrySetResult();
            }
        }
        else if (Interlocked.Increment(ref _crowd) <= crowd)
        {
            await Task.Delay(1, cancellationToken);
        }

        return new SendResult.Accepted(null);
    }
}
