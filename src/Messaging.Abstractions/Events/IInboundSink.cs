namespace Messaging;

/// <summary>Where channels, webhooks and tests hand in what providers report.</summary>
public interface IInboundSink
{
    /// <summary>Stores events, each on its own: a repeated one changes nothing, one bad event harms no neighbour. Completes when they are durable and applied.</summary>
    ValueTask ReportAsync(IReadOnlyList<ProviderEvent> events, CancellationToken cancellationToken);
}
