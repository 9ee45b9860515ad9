using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Messaging.Storage.EfCore.Outbox;

/// <inheritdoc/>
internal sealed class OutboxRegistration<TContext>() : OutboxRegistration(typeof(TContext))
    where TContext : DbContext
{
    public override DbContext Create(IServiceProvider scope) => scope.GetService<TContext>() ?? throw new InvalidOperationException(
        $"AddOutbox<{typeof(TContext).Name}>() needs the context, and the services do not have it. Add it with AddDbContext<{typeof(TContext).Name}>(…), AddDbContextPool or AddDbContextFactory.");
}
