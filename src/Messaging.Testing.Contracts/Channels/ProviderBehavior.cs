namespace Messaging.Testing.Contracts.Channels;

/// <summary>What the provider behind a channel does with the next messages.</summary>
public enum ProviderBehavior
{
    /// <summary>Takes them.</summary>
    Accepts,

    /// <summary>Refuses them for good, and repeats the recipient's address in its answer as far as it has words of its own.</summary>
    Refuses,

    /// <summary>Asks for patience.</summary>
    Throttles,

    /// <summary>Cannot be reached.</summary>
    IsUnreachable,

    /// <summary>Is reached, and never answers.</summary>
    Hangs,

    /// <summary>Takes a message and breaks the connection before it says so.</summary>
    BreaksAfterTaking,
}
