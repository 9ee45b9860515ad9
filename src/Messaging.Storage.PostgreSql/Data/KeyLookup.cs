namespace Messaging.Storage.PostgreSql.Data;

/// <summary>Conditions that leave a statement no plan but to look up each row by its key's index.</summary>
/// <remarks>
/// <para>A prepared statement keeps the plan that it got when its table was small. The cheapest plan was then to read all of the table, by an index if
/// need be, and to compare it with what the statement names; and that is what it goes on to do when a backlog has come.</para>
/// <para>An element of an array can only be looked up, neither hashed nor merged. So for rows that are changed the key's first column is compared with
/// an array of one, and sequential scans are off. For rows that are read, a LATERAL subquery with a LIMIT or an OFFSET does the same.</para>
/// </remarks>
internal static class KeyLookup
{
    /// <summary>Turns sequential scans off until the transaction ends.</summary>
    public const string NoScans = "set_config('enable_seqscan', 'off', true)";

    /// <summary>Says that a row of the table, t, has the key that is given in x.</summary>
    /// <param name="columns">The columns of the key, in the order of its index.</param>
    public static string Same(params IEnumerable<string> columns) =>
        string.Join(" AND ", columns.Select((column, i) => i == 0 ? $"t.{column} = ANY (ARRAY[x.{column}])" : $"t.{column} = x.{column}"));
}
