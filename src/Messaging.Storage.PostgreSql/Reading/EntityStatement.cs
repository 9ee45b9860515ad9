using System.Text;
using Messaging.Storage.EfCore.Commit;
using Messaging.Storage.PostgreSql.Data;
using Npgsql;

namespace Messaging.Storage.PostgreSql.Reading;

/// <summary>Makes the statement for a list of entities: by value, owner and key when the index is sorted, else by owner and key.</summary>
/// <remarks>
/// Where values are given, it goes from these to the entities that have them, one look-up each. The limits in subqueries leave no other way: a planner that
/// takes a table that has just grown for a small one compares all of its rows with all others.
/// </remarks>
internal sealed class EntityStatement(string schema, EntityQuery query, string? index, EntityIndexType? type)
{
    private const string Entity =
        " CROSS JOIN LATERAL (SELECT t.version, t.json FROM messaging.entities t WHERE t.schema = v.schema AND t.tenant = v.tenant AND t.key = v.key LIMIT 1) e";

    private readonly StringBuilder _text = new();
    private readonly List<NpgsqlParameter> _parameters = [];

    public (string Statement, List<NpgsqlParameter> Parameters) Build()
    {
        if (type == EntityIndexType.Sorted)
        {
            SayByValue();
        }
        else if (index is not null && type != EntityIndexType.Text && query.Values.Count > 0)
        {
            SayByKeysOfValues();
        }
        else
        {
            SayByKey();
        }

        return (_text.ToString(), _parameters);
    }

    private string Order => query.Descending ? " DESC" : "";

    private string Follows => query.Descending ? "<" : ">";

    private void SayByValue()
    {
        Say($"SELECT v.value, v.tenant, v.key, e.version, e.json FROM messaging.entity_values v{Entity}");
        Say(" WHERE");
        Filter("v", index);
        Say(query.Values.Count > 0 ? $" AND v.value = ANY ({Add(query.Values.ToArray())})" : "");
        if (query.Cursor is { } cursor)
        {
            var place = EntityCursor.Read(cursor);
            Say($" AND (v.value, v.tenant, v.key) {Follows} ({Add(place.Value)}, {Add(place.Tenant)}, {Add(place.Key)})");
        }

        Say($" ORDER BY v.value{Order}, v.tenant{Order}, v.key{Order} LIMIT {Add(query.Limit + 1L)}");
    }

    private void SayByKeysOfValues()
    {
        Say("SELECT ''::text, v.tenant, v.key, e.version, e.json FROM (SELECT DISTINCT v.schema, v.tenant, v.key FROM messaging.entity_values v WHERE");
        Filter("v", index);

        // What one value of one owner has stands in the index by key already.
        Say(query.Values is [var value] ? $" AND v.value = {Add(value)}" : $" AND v.value = ANY ({Add(query.Values.ToArray())})");
        Continue("v");
        Say($" ORDER BY v.schema, v.tenant{Order}, v.key{Order} LIMIT {Add(query.Limit + 1L)}) v{Entity}");
        Say($" ORDER BY v.tenant{Order}, v.key{Order}");
    }

    private void SayByKey()
    {
        Say("SELECT ''::text, e.tenant, e.key, e.version, e.json FROM messaging.entities e WHERE");
        Filter("e", null);
        if (index is null)
        {
            Say(query.Values.Count > 0 ? $" AND e.key = ANY ({Add(query.Values.ToArray())})" : "");
        }
        else
        {
            Say(query.Values.Count == 0 ? $" AND EXISTS (SELECT FROM {Values()})" : $" AND ({string.Join(" OR ", query.Values.Select(HasWords))})");
        }

        Continue("e");
        Say($" ORDER BY e.tenant{Order}, e.key{Order} LIMIT {Add(query.Limit + 1L)}");
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

    private void Filter(string table, string? ofIndex)
    {
        Say($" {table}.schema = {Add(schema)}");
        Say(ofIndex is null ? "" : $" AND {table}.index = {Add(ofIndex)}");
        Say(query.Tenant is { } tenant ? $" AND {table}.tenant = {Add(tenant.Value)}" : "");
    }

    private void Continue(string table)
    {
        if (query.Cursor is { } cursor)
        {
            var place = EntityCursor.Read(cursor);
            Say($" AND ({table}.tenant, {table}.key) {Follows} ({Add(place.Tenant)}, {Add(place.Key)})");
        }
    }

    private void Say(string part) => _text.Append(part);

    private string Add<T>(T value)
    {
        _parameters.Add(Query.With(value));
        return $"${_parameters.Count}";
    }
}
