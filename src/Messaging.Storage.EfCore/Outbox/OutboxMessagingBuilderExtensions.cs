using Messaging.Storage;
using Messaging.Storage.EfCore.Outbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Takes in what hosts' transactions committed.</summary>
public static class OutboxMessagingBuilderExtensions
{
    /// <summary>Takes in the messages that are sent by <c>db.Messaging()</c> of a context, right after each commit, on every node that registers it; also with any store, and on a host that only sends.</summary>
    /// <remarks>The context is added as usual, before or after; its model has <c>modelBuilder.AddMessaging()</c>. Several contexts each have an outbox of their own.</remarks>
    public static MessagingBuilder AddOutbox<TContext>(this MessagingBuilder builder)
        where TContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (builder.Services.Any(service => service.ImplementationInstance is OutboxRegistration<TContext>))
        {
            return builder;
        }

        var outbox = new OutboxRegistration<TContext>();
        builder.Services.AddSingleton<OutboxRegistration>(outbox);
        builder.Services.AddSingleton<IIntakeSource>(services => new OutboxSource(
            outbox, services.GetRequiredService<IServiceScopeFactory>(), services.GetRequiredService<TimeProvider>()));
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, OutboxCheck>());
        var (save, commit) = (new SaveWakeUp(outbox), new CommitWakeUp(outbox));
        builder.Services.ConfigureDbContext<TContext>(options => options.AddInterceptors(save, commit));
        return builder;
    }
}
