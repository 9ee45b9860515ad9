using System.Data.Common;
using Messaging.Storage.EfCore.Outbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Messaging;

/// <summary>Sends messages together with what a transaction of ADO.NET does.</summary>
public static class OutboxDbTransactionExtensions
{
    /// <summary>Returns the outbox of a transaction on the database of the only registered outbox; messages are inserted at once, and accepted if and only if it commits.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="services">The host's services.</param>
    /// <exception cref="InvalidOperationException">The suite or the outbox is not registered, or there are several; the text says which.</exception>
    public static IMessageOutbox Messaging(this DbTransaction transaction, IServiceProvider services)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        ArgumentNullException.ThrowIfNull(services);
        return Make(transaction, services, null);
    }

    /// <summary>Returns the outbox of a transaction on the database of one context; messages are inserted at once, and accepted if and only if it commits.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="services">The host's services.</param>
    /// <exception cref="InvalidOperationException">The suite or the outbox is not registered; the text says which.</exception>
    public static IMessageOutbox Messaging<TContext>(this DbTransaction transaction, IServiceProvider services)
        where TContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(transaction);
        ArgumentNullException.ThrowIfNull(services);
        return Make(transaction, services, typeof(TContext));
    }

    private static TransactionOutbox Make(DbTransaction transaction, IServiceProvider services, Type? context)
    {
        var registration = OutboxAccess.Registration(services, context);
        registration.Table ??= TableOf(registration, services);
        return new TransactionOutbox(transaction, registration.Table, OutboxAccess.Staging(services), tenant: null);
    }

    private static IntakeTable TableOf(OutboxRegistration registration, IServiceProvider services)
    {
        using var scope = services.CreateScope();
        return IntakeTable.Of(registration.Create(scope.ServiceProvider));
    }
}
