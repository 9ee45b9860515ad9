using Npgsql;
using NpgsqlTypes;

namespace Messaging.Storage.PostgreSql.Data;

/// <summary>A column of values of one type.</summary>
internal sealed class Column<TRow, TValue>(string name, string type, Func<TRow, TValue> value) : Column<TRow>(name, type)
{
    private readonly NpgsqlDbType _arrayType = NpgsqlDbType.Array | TypeOf(type);

    public override NpgsqlParameter ToParameter(IReadOnlyList<TRow> rows)
    {
        var values = new TValue[rows.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = value(rows[i]);
        }

        return new NpgsqlParameter<TValue[]> { TypedValue = values, NpgsqlDbType = _arrayType };
    }

    /// <summary>The driver finds a type by its number at once, by its name only after reading the name.</summary>
    private static NpgsqlDbType TypeOf(string type) => type switch
    {
        "bigint" => NpgsqlDbType.Bigint,
        "boolean" => NpgsqlDbType.Boolean,
        "bytea" => NpgsqlDbType.Bytea,
        "integer" => NpgsqlDbType.Integer,
        "smallint" => NpgsqlDbType.Smallint,
        "text" => NpgsqlDbType.Text,
        "uuid" => NpgsqlDbType.Uuid,
        _ => throw new ArgumentException($"No column of the suite is of the type '{type}'. Add it here.", nameof(type)),
    };
}
