using System.Text;
using Messaging.Storage.EfCore.Commit;
using Messaging.Storage.PostgreSql.Data;
using Npgsql;

namespace Messaging.Storage.PostgreSql.Reading;

/// <summary>Makes the statement for a list of entities: by value, owner and key when the index is sorted, else by owner and key.</summary>
internal sealed class EntityStatement(string schema, EntityQuery query, string? index, EntityIndexType? type)
{
    private readonly StringBuilder _text = new();
    private readonly List<NpgsqlParameter> _parameters = [];

    public (string Statement, List<NpgsqlParameter> Parameters) Build()
    {
        var sorted = type == EntityIndexType.Sorted;
        var value = sorted ? "v.value" : "''::text";
        Say($"SELECT {value}, e.tenant, e.key, e.version, e.json FROM messaging.entities e");
        if (sorted)
        {
            Say($" JOIN messaging.entity_values v ON v.schema = e.schema AND v.index = {Add(index!)} AND v.tenant = e.tenant AND v.key = e.key");
        }

        Say($" WHERE e.schema = {Add(schema)}");
        if (query.Tenant is { } tenant)
        {
            Say($" AND e.tenant = {Add(tenant.Value)}");
        }

        Filter(sorted);
        Continue(sorted);
        var order = query.Descending ? " DESC" : "";
        Say($" ORDER BY {(sorted ? $"v.value{order}, " : "")}e.tenant{order}, e.key{order} LIMIT {Add(query.Limit + 1L)}");
        return (_text.ToString(), _parameters);
    }

    private void Filter(bool sorted)
    {
        if (index is null)
        {
            Say(query.Values.Count > 0 ? $" AND e.key = ANY ({Add(query.Values.ToArray())})" : "");
        }
        else if (sorted)
        {
            Say(query.Values.Count > 0 ? $" AND v.value = ANY ({Add(query.Values.ToArray())})" : "");
        }
        else if (query.Values.Count == 0)
        {
            Say($" AND EXISTS (SELECT FROM {Values()})");
        }
        else if (type == EntityIndexType.Text)
        {
            Say($" AND ({string.Join(" OR ", query.Values.Select(HasWords))})");
        }
        else
        {
            Say($" AND EXISTS (SELECT FROM {Values()} AND v.value = ANY ({Add(query.Values.ToArray())}))");
        }
    }

    /// <summary>Says that the entity has words beginning with every word of the text; a text without words finds nothing.</summary>
    private string HasWords(string text)
    {
        var words = Words.Of(text).ToList();
        return words.Count == 0
            ? "false"
            : "(" + string.Join(" AND ", words.Select(word => $"EXISTS (SELECT FROM {Values()} AND v.value ^@ {Add(word)})")) + ")";
    }

    private string Values() =>
        $"messaging.entity_values v WHERE v.schema = e.schema AND v.index = {Add(index!)} AND v.tenant = e.tenant AND v.key = e.key";

    private void Continue(bool sorted)
    {
        if (query.Cursor is not { } cursor)
        {
            return;
        }

        var place = EntityCursor.Read(cursor);
        var follows = query.Descending ? "<" : ">";
        Say(sorted
            ? $" AND (v.value, e.tenant, e.key) {follows} ({Add(place.Value)}, {Add(place.Tenant)}, {Add(place.Key)})"
            : $" AND (e.tenant, e.key) {follows} ({Add(place.Tenant)}, {Add(place.Key)})");
    }

    private void Say(string part) => _text.Append(part);

    private string Add<T>(T value)
    {
        _parameters.Add(Query.With(value));
        return $"${_parameters.Count}";
    }
}
