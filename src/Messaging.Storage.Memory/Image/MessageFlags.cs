namespace Messaging.Storage.Memory;

[Flags]
internal enum MessageFlags : byte
{
    None = 0,

    /// <summary>Payloads are dropped when nobody needs them, and overwritten; callers get copies.</summary>
    Sensitive = 1,

    /// <summary>Came without deliveries: more may come at any time.</summary>
    IsBulk = 2,

    /// <summary>Has a delivery that is a step of a route that has not ended.</summary>
    IsRouted = 4,

    /// <summary>Has counters of its own, because it has many deliveries.</summary>
    IsCounted = 8,

    /// <summary>Payloads are dropped when nobody needs them, because somebody asked for that.</summary>
    Drops = 16,
}
