using Messaging;
using Messaging.Storage.EfCore.Outbox;

namespace Microsoft.EntityFrameworkCore;

/// <summary>Sends messages together with what a context saves.</summary>
public static class OutboxDbContextExtensions
{
    /// <summary>Returns the outbox of a context: what is sent by it is inserted by the next SaveChanges, and accepted if and only if that, or the transaction that it runs in, commits.</summary>
    /// <remarks>Works with pooled contexts, several SaveChanges in one transaction, and execution strategies that try again: a message keeps its id however often it is inserted.</remarks>
    /// <exception cref="InvalidOperationException">The model lacks <c>modelBuilder.AddMessaging()</c>, or the suite or the outbox is not registered; the text says which.</exception>
    public static IMessageOutbox Messaging(this DbContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new ContextOutbox(context, OutboxAccess.Staging(context), tenant: null);
    }
}
