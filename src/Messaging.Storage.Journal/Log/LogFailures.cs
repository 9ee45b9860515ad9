namespace Messaging.Storage.Journal.Log;

/// <summary>What is said when the journal cannot go on.</summary>
internal static class LogFailures
{
    public static JournalException Full(Exception? cause = null) => new(
        JournalProblem.Full,
        "The disk of the journal is full, so nothing new is taken in; what was acknowledged is safe. Free some space: the store goes on by itself.",
        cause);

    public static JournalException Faulted(Exception cause) => new(
        JournalProblem.Faulted,
        "The disk of the journal failed, so that nobody knows what of the last writes is on it. The store stopped. Look after the disk, then restart: recovery keeps all that was acknowledged.",
        cause);

    public static JournalException Closed() => new(JournalProblem.Closed, "The journal was closed. Use the store while its host runs.");

    public static ArgumentException TooLarge(int size, int segment) => new(
        $"A change takes {size} bytes, and a segment of the journal holds {segment}. Accept fewer deliveries at once, put large contents into attachments, or raise JournalOptions.SegmentSize.");
}
