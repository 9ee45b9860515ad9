using Messaging.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Messaging.Channels.Email;

/// <summary>Makes channels the way a host does: registered, validated, by the factory.</summary>
internal static class Channels
{
    public static IChannel Create(Action<EmailOptions> configure, TimeProvider? time = null, Action<IServiceCollection>? more = null)
    {
        var services = Services(builder => builder.AddEmail("email", configure), more, time);
        return services.GetServices<IChannelFactory>().Single().Create(Account(services, "email"));
    }

    public static IChannel Create(string connectionString, TimeProvider? time = null) =>
        Create(options => (options.ConnectionString, options.From) = (connectionString, "Salon <salon@example.com>"), time);

    public static ServiceProvider Services(Action<MessagingBuilder> configure, Action<IServiceCollection>? more = null, TimeProvider? time = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton(time ?? new ManualTimeProvider());
        configure(new MessagingBuilder(services));
        more?.Invoke(services);
        return services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
    }

    public static ChannelAccount Account(IServiceProvider services, string name) =>
        services.GetServices<AccountRegistration>().Single(account => account.Name == name).Describe(services);

    /// <summary>What a host hears at start-up about its accounts; empty when all is well.</summary>
    public static string Problems(Action<MessagingBuilder> configure, Action<IServiceCollection>? more = null)
    {
        using var services = Services(configure, more);
        try
        {
            services.GetRequiredService<IStartupValidator>().Validate();
            return "";
        }
        catch (OptionsValidationException e)
        {
            return string.Join('\n', e.Failures);
        }
    }
}
