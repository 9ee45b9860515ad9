namespace Messaging.Storage.Journal.Encoding;

/// <summary>The parts of a change, as they are named on disk. Values never change once released.</summary>
internal enum ChangePart : byte
{
    End = 0,
    Accept = 1,
    Begins = 2,
    Settles = 3,
    Events = 4,
    Commands = 5,
    Releases = 6,
    Drops = 7,
    Enqueues = 8,
    Entities = 9,
}
