using Npgsql;

namespace Messaging.Storage.PostgreSql.Data;

/// <summary>A table, and the statements that write many of its rows at once: each column is one array.</summary>
internal sealed class Table<TRow>
{
    private readonly Column<TRow>[] _columns;
    private readonly string _insert;
    private readonly string _update;

    /// <summary>Initializes a table.</summary>
    /// <param name="name">The name, in the suite's schema.</param>
    /// <param name="keys">How many of the columns, from the first, make the key, in the order of its index.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="written">What to write in place of a column's value, by name; <c>x</c> is the row that is given.</param>
    public Table(string name, int keys, Column<TRow>[] columns, IReadOnlyDictionary<string, string>? written = null)
    {
        _columns = columns;
        string Value(Column<TRow> column) => written?.GetValueOrDefault(column.Name) ?? "x." + column.Name;
        var names = string.Join(", ", columns.Select(column => column.Name));
        var arrays = string.Join(", ", columns.Select((column, i) => $"${i + 1}::{column.Type}[]"));
        var from = $"FROM unnest({arrays}) AS x ({names})";
        _insert = $"INSERT INTO messaging.{name} ({names}) SELECT {string.Join(", ", columns.Select(Value))} {from}";
        var same = KeyLookup.Same(columns.Take(keys).Select(column => column.Name));
        _update = $"UPDATE messaging.{name} t SET {string.Join(", ", columns.Skip(keys).Select(column => $"{column.Name} = {Value(column)}"))} {from} WHERE {same}";
        Name = name;
    }

    public string Name { get; }

    /// <summary>Makes a statement that inserts rows.</summary>
    public NpgsqlBatchCommand Insert(IReadOnlyList<TRow> rows, string onConflict = "") => With(_insert + onConflict, rows);

    /// <summary>Makes a statement that writes rows that are there.</summary>
    public NpgsqlBatchCommand Update(IReadOnlyList<TRow> rows) => With(_update, rows);

    private NpgsqlBatchCommand With(string statement, IReadOnlyList<TRow> rows)
    {
        var command = new NpgsqlBatchCommand(statement);
        foreach (var column in _columns)
        {
            command.Parameters.Add(column.ToParameter(rows));
        }

        return command;
    }
}
