namespace Messaging.Storage;

/// <summary>Which entities to list.</summary>
public sealed record EntityQuery
{
    /// <summary>Gets the owner; <see langword="null"/> means all tenants.</summary>
    public TenantId? Tenant { get; init; }

    /// <summary>Gets the index to look in; <see langword="null"/> lists by key.</summary>
    public string? Index { get; init; }

    /// <summary>Gets the values, any of which will do: exact for Unique, Many and Sorted, the beginning of a word for Text. Empty lists the whole index.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>Gets a value indicating whether a Sorted index is read from its end.</summary>
    public bool Descending { get; init; }

    /// <summary>Gets the cursor of an earlier page.</summary>
    public string? Cursor { get; init; }

    /// <summary>Gets the length of the page.</summary>
    /// <value>1 or more; the default is 100.</value>
    public int Limit { get; init; } = 100;
}
