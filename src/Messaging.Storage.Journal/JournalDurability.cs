namespace Messaging.Storage.Journal;

/// <summary>What an acknowledged change may be lost by. In every mode it outlives the end of the process, <c>kill -9</c> included.</summary>
public enum JournalDurability
{
    /// <summary>Nothing: an acknowledged change is on the disk. Settlements alone may be up to 50 ms late, and a loss of power then repeats a send; it never loses one.</summary>
    LosesNothing,

    /// <summary>A loss of power or a crash of the operating system loses what was acknowledged within the last <see cref="JournalOptions.FlushInterval"/>.</summary>
    LosesLastInterval,

    /// <summary>A loss of power or a crash of the operating system loses what the operating system had not written yet: usually the last 30 s. For tests and caches.</summary>
    LosesWhatIsNotWritten,
}
