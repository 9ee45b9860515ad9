namespace Messaging.Receiving;

/// <summary>A report that names no delivery we know (yet): it may be ahead of our own commit.</summary>
internal sealed record UnmatchedReport
{
    public required ProviderEvent Event { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }
}
