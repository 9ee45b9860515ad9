using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace Messaging.Storage.EfCore.Outbox;

/// <summary>The intake table in one database's own words, as the host's model has it.</summary>
internal sealed class IntakeTable
{
    private readonly string _insert;
    private readonly (string Name, RelationalTypeMapping Mapping, Func<IntakeRow, object?> Value, bool Nullable)[] _parameters;

    private IntakeTable(string name, string insert, (string, RelationalTypeMapping, Func<IntakeRow, object?>, bool)[] parameters) =>
        (Name, _insert, _parameters) = (name, insert, parameters);

    /// <summary>Gets the quoted name.</summary>
    public string Name { get; }

    /// <summary>Gets the quoted name of the column of ids.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the quoted name of the column of formats.</summary>
    public required string Format { get; init; }

    /// <exception cref="InvalidOperationException">The model has no such table.</exception>
    public static IntakeTable Of(DbContext context)
    {
        var entity = Find(context);
        var sql = context.GetService<ISqlGenerationHelper>();
        var table = StoreObjectIdentifier.Create(entity, StoreObjectType.Table)!.Value;
        var name = sql.DelimitIdentifier(table.Name, table.Schema);
        var properties = entity.GetProperties().ToArray();
        var columns = string.Join(", ", properties.Select(p => sql.DelimitIdentifier(p.GetColumnName(table)!)));
        var values = string.Join(", ", properties.Select((_, i) => sql.GenerateParameterNamePlaceholder($"p{i}")));
        return new IntakeTable(name, $"INSERT INTO {name} ({columns}) VALUES ({values})", [.. properties.Select((p, i) => Parameter(sql, p, i))])
        {
            Id = sql.DelimitIdentifier(entity.FindProperty(nameof(IntakeRow.Id))!.GetColumnName(table)!),
            Format = sql.DelimitIdentifier(entity.FindProperty(nameof(IntakeRow.Format))!.GetColumnName(table)!),
        };
    }

    /// <summary>Finds the table in a model.</summary>
    /// <exception cref="InvalidOperationException">The model has none.</exception>
    public static IEntityType Find(DbContext context) => context.Model.FindEntityType(typeof(IntakeRow)) ?? throw new InvalidOperationException(
        $"The model of {context.GetType().Name} has no table for staged messages. Call modelBuilder.AddMessaging() in its OnModelCreating, add a migration, and update the database.");

    /// <summary>Makes a command insert a row.</summary>
    public void Fill(DbCommand command, IntakeRow row)
    {
        command.CommandText = _insert;
        foreach (var (name, mapping, value, nullable) in _parameters)
        {
            command.Parameters.Add(mapping.CreateParameter(command, name, value(row), nullable));
        }
    }

    private static (string, RelationalTypeMapping, Func<IntakeRow, object?>, bool) Parameter(ISqlGenerationHelper sql, IProperty property, int i)
    {
        var getter = property.PropertyInfo!;
        return (sql.GenerateParameterName($"p{i}"), property.GetRelationalTypeMapping(), row => getter.GetValue(row), property.IsNullable);
    }
}
