namespace Messaging.Storage.EfCore.Commit;

/// <summary>Whether a provider call is known to have begun. Values are kept in the database.</summary>
internal enum CallMark : short
{
    None = 0,

    /// <summary>Under the current lease.</summary>
    Begun = 1,

    /// <summary>Under a lease that was lost: nobody knows how it ended.</summary>
    Lost = 2,
}
