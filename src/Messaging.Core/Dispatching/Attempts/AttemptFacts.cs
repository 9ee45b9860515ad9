using Messaging.Storage;

namespace Messaging.Dispatching;

/// <summary>What is known about a provider call once it is over.</summary>
internal readonly record struct AttemptFacts
{
    public required DeliveryRecord Record { get; init; }

    public required KindPolicy Policy { get; init; }

    /// <summary>Gets the account's name.</summary>
    public required string Account { get; init; }

    /// <summary>Gets how many accounts the target has.</summary>
    public required int Accounts { get; init; }

    /// <summary>Gets a value indicating whether the message names a sender of its own, rather than the account's.</summary>
    public required bool OwnSender { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required TimeSpan Elapsed { get; init; }

    public required DateTimeOffset Now { get; init; }

    /// <summary>Gets what was rendered for the call, when it was.</summary>
    public ReadOnlyMemory<byte>? Rendered { get; init; }
}
