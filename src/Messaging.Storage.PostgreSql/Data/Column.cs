using Npgsql;

namespace Messaging.Storage.PostgreSql.Data;

/// <summary>A column of a table, and how an array of its values is made of rows.</summary>
internal abstract class Column<TRow>(string name, string type)
{
    public string Name => name;

    /// <summary>Gets the type in PostgreSQL's words.</summary>
    public string Type => type;

    public abstract NpgsqlParameter ToParameter(IReadOnlyList<TRow> rows);
}
