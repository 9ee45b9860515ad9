using Messaging.Channels;
using Microsoft.Extensions.DependencyInjection;

namespace Messaging.Benchmarks.Hosting;

internal static class CountingBuilderExtensions
{
    /// <summary>An account named <c>email</c> that is the channel given.</summary>
    public static MessagingBuilder AddCounting(this MessagingBuilder builder, IChannel channel)
    {
        builder.Services.AddSingleton<IChannelFactory>(new CountingChannelFactory(channel));
        builder.Services.AddSingleton(new AccountRegistration("email", ChannelKinds.Email)
        {
            Describe = _ => new ChannelAccount { Name = "email", Kind = ChannelKinds.Email, Scheme = "counting", Version = "1" },
        });
        return builder;
    }
}
