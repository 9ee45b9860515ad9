namespace Messaging.Storage.Journal.Log;

/// <summary>What a record says. Values never change once released.</summary>
internal enum RecordType : byte
{
    /// <summary>Nothing. The last record of a journal that was closed in order.</summary>
    Closed = 1,

    /// <summary>A change that was applied.</summary>
    Change = 2,

    /// <summary>Work was handed out.</summary>
    Claim = 3,

    /// <summary>Claims were prolonged.</summary>
    Extend = 4,

    /// <summary>Claims whose time was over were ended.</summary>
    Lose = 5,

    /// <summary>History was forgotten.</summary>
    Forget = 6,

    /// <summary>The journal was opened: all claims of the process before are ended.</summary>
    Opened = 7,

    /// <summary>Contents of settled deliveries were let go of.</summary>
    Fade = 8,
}
