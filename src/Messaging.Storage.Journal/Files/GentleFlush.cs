namespace Messaging.Storage.Journal.Files;

/// <summary>Flushes a large file piece by piece and leaves the disk to others in between: what is flushed in one go holds commits up for as long as all of it takes.</summary>
/// <remarks>Goes by the machine's own clock: what the disk is left to others for is no matter of the suite's time. Safe for concurrent use.</remarks>
internal sealed class GentleFlush(TimeSpan pause) : IDisposable
{
    /// <summary>How much is flushed at a time.</summary>
    public const int Piece = 1024 * 1024;

    private readonly ManualResetEventSlim _hurry = new();

    /// <summary>Flushes what was written of a file, and pauses unless somebody waits for all of it.</summary>
    public void Run(IJournalFile file)
    {
        file.Flush();
        _hurry.Wait(pause);
    }

    /// <summary>Says that somebody waits, or soon will: from now on there are no pauses.</summary>
    public void Hurry() => _hurry.Set();

    /// <summary>Says that nobody waits any more.</summary>
    public void TakeTime() => _hurry.Reset();

    public void Dispose() => _hurry.Dispose();
}
