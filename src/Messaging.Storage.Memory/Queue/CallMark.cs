namespace Messaging.Storage.Memory;

/// <summary>Whether a provider call is known to have begun.</summary>
internal enum CallMark : byte
{
    None,

    /// <summary>Under the current lease.</summary>
    Begun,

    /// <summary>Under a lease that was lost: nobody knows how it ended.</summary>
    Lost,
}
