using System.Globalization;
using Messaging.Storage.EfCore.Schema;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Messaging.Storage.EfCore.Migrating;

/// <summary>Reads the steps from the package's migrations, whose names begin with the version.</summary>
internal static class SchemaSteps
{
    public static IReadOnlyList<SchemaStep> Of(MessagingDbContext context)
    {
        var (assembly, generator) = (context.GetService<IMigrationsAssembly>(), context.GetService<IMigrationsSqlGenerator>());
        var provider = context.Database.ProviderName!;
        var steps = new List<SchemaStep>();
        foreach (var (name, type) in assembly.Migrations.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var migration = assembly.CreateMigration(type, provider);
            var commands = generator.Generate(migration.UpOperations, migration.TargetModel);
            var version = int.Parse(name.AsSpan(0, name.IndexOf('_', StringComparison.Ordinal)), CultureInfo.InvariantCulture);
            steps.Add(new SchemaStep(version, name, string.Join('\n', commands.Select(command => command.CommandText.Trim()))));
        }

        return steps;
    }
}
