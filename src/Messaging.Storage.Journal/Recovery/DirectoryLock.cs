namespace Messaging.Storage.Journal.Recovery;

/// <summary>Holds a journal's directory for this process alone, for as long as it is open.</summary>
internal sealed class DirectoryLock : IDisposable
{
    private const string Name = "LOCK";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly FileStream _file;

    private DirectoryLock(FileStream file) => _file = file;

    /// <summary>Makes the directory if need be and takes it, waiting for who still has it.</summary>
    /// <exception cref="JournalException">It is taken, or cannot be written.</exception>
    public static DirectoryLock Take(string directory, TimeSpan within)
    {
        try
        {
            Directory.CreateDirectory(directory);
            return new DirectoryLock(Open(Path.Combine(directory, Name), within));
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException || IsReadOnly(exception))
        {
            throw new JournalException(
                JournalProblem.ReadOnly,
                "The directory of the journal cannot be written: it is read-only, or belongs to another user. Give the process the right to write there, or set JournalOptions.Path to a place where it may.",
                exception);
        }
    }

    public void Dispose() => _file.Dispose();

    private static FileStream Open(string path, TimeSpan within)
    {
        var clock = TimeProvider.System;
        var since = clock.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            }
            catch (IOException exception) when (exception is not (DirectoryNotFoundException or FileNotFoundException) && !IsReadOnly(exception))
            {
                if (clock.GetElapsedTime(since) >= within)
                {
                    throw Locked(within, exception);
                }
            }

            CancellationToken.None.WaitHandle.WaitOne(Pause);
        }
    }

    private static bool IsReadOnly(Exception exception) => exception is IOException { HResult: 30 };

    private static JournalException Locked(TimeSpan within, IOException exception) => new(
        JournalProblem.Locked,
        $"Another process has the directory of the journal open, and did not let go within {within.TotalSeconds:0.#} s (JournalOptions.LockTimeout). One process at a time: stop the other, give each its own directory, or keep messages in a database when several processes are to share them.",
        exception);
}
