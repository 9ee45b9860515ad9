using System.Globalization;
using Messaging.Storage.EfCore;
using Messaging.Storage.EfCore.Migrating;
using Messaging.Storage.EfCore.Schema;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Messaging.Crash.Child;

/// <summary>Plays packages that come later: their schema has steps that those of today do not know. Steps add, and that is all they may do.</summary>
internal static class LaterSchema
{
    /// <summary>Lets a start on PostgreSQL bring the schema so many versions further than the packages know.</summary>
    public static void Use(IServiceCollection services, StoreChoice store, int versionsAhead)
    {
        if (versionsAhead > 0)
        {
            services.AddSingleton(Of(store, versionsAhead));
        }
    }

    /// <summary>Returns the schema of packages that are so many versions ahead.</summary>
    public static IMessagingSchema Of(StoreChoice store, int versionsAhead)
    {
        var known = new SchemaRunner(Context).Version;
        return new SchemaRunner(Context, more: [.. Enumerable.Range(1, versionsAhead).Select(ahead => Step(known + ahead))]);

        MessagingDbContext Context() => new(new DbContextOptionsBuilder<MessagingDbContext>().UseNpgsql(store.Place).Options);
    }

    private static SchemaStep Step(int version) => new(
        version,
        string.Create(CultureInfo.InvariantCulture, $"{version:0000}_later"),
        string.Create(CultureInfo.InvariantCulture, $"""
            ALTER TABLE messaging.messages ADD COLUMN later_{version} text;
            ALTER TABLE messaging.deliveries ADD COLUMN later_{version} text;
            ALTER TABLE messaging.work ADD COLUMN later_{version} bigint NOT NULL DEFAULT 0;
            CREATE INDEX work_later_{version} ON messaging.work (later_{version});
            CREATE TABLE messaging.later_{version} (id uuid PRIMARY KEY);
            """));
}
