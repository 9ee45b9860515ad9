using Messaging.Storage.Journal.Files;

namespace Messaging.Storage.Journal.Moving;

/// <summary>Says that all of a journal is in another store, so that nobody sends it twice.</summary>
internal static class MovedMark
{
    private const string Name = "MOVED";

    public static bool IsIn(string directory) => File.Exists(Path.Combine(directory, Name));

    /// <summary>Puts the mark, durably.</summary>
    public static void Put(string directory)
    {
        using (var file = File.Create(Path.Combine(directory, Name)))
        {
            file.Flush(flushToDisk: true);
        }

        DirectoryFlush.Run(Path.GetFullPath(directory));
    }

    /// <exception cref="JournalException">The journal was moved.</exception>
    public static void ThrowIfIn(string directory)
    {
        if (IsIn(directory))
        {
            throw new JournalException(
                JournalProblem.Moved,
                "All of this journal was moved into another store, which sends what was due: opening it would send twice. Use that store. To go back to this one all the same, delete the file MOVED from its directory.");
        }
    }
}
