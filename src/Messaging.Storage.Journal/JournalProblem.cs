namespace Messaging.Storage.Journal;

/// <summary>What is wrong with a journal.</summary>
public enum JournalProblem
{
    /// <summary>Another process, or another store of this one, has the directory open.</summary>
    Locked,

    /// <summary>A newer version of the package wrote it.</summary>
    NewerFormat,

    /// <summary>Something that was durable reads differently now, or is missing.</summary>
    Corrupt,

    /// <summary>The disk has no room. What was acknowledged is safe; the store takes in more once there is room.</summary>
    Full,

    /// <summary>The directory cannot be written.</summary>
    ReadOnly,

    /// <summary>The disk failed while the store was open. It must be opened anew.</summary>
    Faulted,

    /// <summary>The store was closed.</summary>
    Closed,

    /// <summary>All of it was moved into another store.</summary>
    Moved,
}
