namespace Messaging.Channels;

/// <summary>An account of the host, registered at start-up under a unique name.</summary>
/// <param name="Name">The name.</param>
/// <param name="Kind">The medium.</param>
public sealed record AccountRegistration(string Name, string Kind)
{
    /// <summary>Gets how to read the account as the options stand now.</summary>
    /// <remarks>Throws <see cref="Microsoft.Extensions.Options.OptionsValidationException"/> when the options are wrong.</remarks>
    public required Func<IServiceProvider, ChannelAccount> Describe { get; init; }

    /// <summary>Gets how to hear of changed options; <see langword="null"/> when they never change.</summary>
    public Func<IServiceProvider, Action, IDisposable?>? OnChange { get; init; }
}
