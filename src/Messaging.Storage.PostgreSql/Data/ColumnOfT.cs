using Npgsql;

namespace Messaging.Storage.PostgreSql.Data;

/// <summary>A column of values of one type.</summary>
internal sealed class Column<TRow, TValue>(string name, string type, Func<TRow, TValue> value) : Column<TRow>(name, type)
{
    private readonly string _arrayType = type + "[]";

    public override NpgsqlParameter ToParameter(IReadOnlyList<TRow> rows)
    {
        var values = new TValue[rows.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = value(rows[i]);
        }

        return new NpgsqlParameter<TValue[]> { TypedValue = values, DataTypeName = _arrayType };
    }
}
