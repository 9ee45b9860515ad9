using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;

namespace Messaging.Storage.EfCore.Outbox;

/// <summary>Notes that a context holds staged messages, so that others pay nothing for the outbox.</summary>
internal static class StagedFlag
{
    private static readonly ConditionalWeakTable<DbContext, object> s_contexts = [];
    private static readonly object s_staged = new();

    public static void Set(DbContext context) => s_contexts.AddOrUpdate(context, s_staged);

    public static bool IsSet(DbContext? context) => context is not null && s_contexts.TryGetValue(context, out _);

    /// <summary>Takes the note back.</summary>
    /// <returns>Whether it was there.</returns>
    public static bool Clear(DbContext? context) => context is not null && s_contexts.Remove(context);
}
