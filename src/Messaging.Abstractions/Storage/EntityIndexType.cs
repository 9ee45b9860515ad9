namespace Messaging.Storage;

/// <summary>The kinds of index.</summary>
public enum EntityIndexType
{
    /// <summary>No two entities of a tenant share a value.</summary>
    Unique,

    /// <summary>Any number of values for each entity.</summary>
    Many,

    /// <summary>Ordered.</summary>
    Sorted,

    /// <summary>Words.</summary>
    Text,
}
