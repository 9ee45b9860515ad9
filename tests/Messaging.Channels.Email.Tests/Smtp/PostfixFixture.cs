using Messaging.TestServers;

namespace Messaging.Channels.Email.Smtp;

/// <summary>One Postfix for the tests of a class.</summary>
public sealed class PostfixFixture : IAsyncLifetime
{
    public PostfixServer Server { get; private set; } = null!;

    public async Task InitializeAsync() => Server = await PostfixServer.StartAsync();

    public async Task DisposeAsync() => await Server.DisposeAsync();
}
