using Messaging.Storage.EfCore.Schema;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Messaging.Storage.EfCore.Migrating;

/// <summary>What every relational store registers for its schema.</summary>
internal static class SchemaServices
{
    /// <summary>Registers the schema and the look at it before the host starts. The last store that is chosen counts.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="create">Makes a context for the runner.</param>
    /// <param name="place">Where the host says which database it is; for texts.</param>
    /// <param name="ensures">Whether a start brings the schema up to date; otherwise it only looks.</param>
    /// <param name="store">The store; when another one is chosen after it, a start does not look at all.</param>
    public static IServiceCollection AddMessagingSchema(
        this IServiceCollection services, Func<IServiceProvider, MessagingDbContext> create, string place, Func<IServiceProvider, bool> ensures, Type store)
    {
        services.RemoveAll<IMessagingSchema>();
        services.AddSingleton<IMessagingSchema>(provider => new SchemaRunner(() => create(provider), place));
        foreach (var start in services.Where(service => service.ImplementationType is null && service.ImplementationFactory?.Method.ReturnType == typeof(SchemaStart)).ToArray())
        {
            services.Remove(start);
        }

        services.AddSingleton<IHostedService>(Start);
        return services;

        SchemaStart Start(IServiceProvider provider) => new(
            provider.GetRequiredService<IMessagingSchema>(), () => ensures(provider), () => store.IsInstanceOfType(provider.GetService<IMessageStore>()));
    }
}
