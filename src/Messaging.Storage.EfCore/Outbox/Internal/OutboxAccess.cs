using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Messaging.Storage.EfCore.Outbox;

/// <summary>Finds the suite from where a host stands; every way of not finding it names its own cure.</summary>
internal static class OutboxAccess
{
    public static IMessageStaging Staging(DbContext context)
    {
        IntakeTable.Find(context);
        var services = context.GetService<IDbContextOptions>().FindExtension<CoreOptionsExtension>()?.ApplicationServiceProvider
            ?? throw new InvalidOperationException(
                $"The {context.GetType().Name} was made without the host's services, so the suite cannot be found. Get it from AddDbContext, or call UseApplicationServiceProvider(services) on its options.");
        Registration(services, context.GetType());
        return Staging(services);
    }

    public static IMessageStaging Staging(IServiceProvider services) => services.GetService<IMessageStaging>() ?? throw new InvalidOperationException(
        "The host's services do not have the suite. Add it with services.AddMessaging(…).");

    /// <summary>Finds the registration of a context, or with <see langword="null"/>, of the only one.</summary>
    public static OutboxRegistration Registration(IServiceProvider services, Type? context)
    {
        var all = services.GetServices<OutboxRegistration>().ToArray();
        return context is null
            ? all.Length == 1 ? all[0] : throw new InvalidOperationException(
                all.Length == 0
                    ? "No outbox is registered, so nobody would take the message in. Add it with AddMessaging(m => m.AddOutbox<TheContext>())."
                    : $"There are {all.Length} outboxes; say which one is meant: transaction.Messaging<TheContext>(services).")
            : Array.Find(all, registration => registration.Context.IsAssignableFrom(context)) ?? throw new InvalidOperationException(
                $"The outbox of {context.Name} is not registered, so nobody would take the message in. Add it with AddMessaging(m => m.AddOutbox<{context.Name}>()).");
    }
}
