namespace Messaging.Storage.EfCore;

/// <summary>Why a database cannot be used with this version of the suite.</summary>
public enum SchemaProblem
{
    /// <summary>The database has no tables of the suite.</summary>
    Missing,

    /// <summary>The tables are of an earlier version than this one needs.</summary>
    TooOld,

    /// <summary>The tables are of a later version than this one knows.</summary>
    TooNew,

    /// <summary>The tables must be made or upgraded, and the database's user may not do it.</summary>
    NotAllowed,

    /// <summary>The tables must be upgraded, and other transactions did not let go of them for over a minute.</summary>
    Busy,
}
