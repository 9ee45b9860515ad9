namespace Messaging.Storage.Memory;

/// <summary>The key of a report.</summary>
internal struct EventKeyRow
{
    public UInt128 Hash;

    /// <summary>The key of the same delivery that came before.</summary>
    public int Former;
}
