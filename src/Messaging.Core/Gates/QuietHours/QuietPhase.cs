namespace Messaging.Gates;

/// <summary>A time throughout which it is quiet in a zone, or is not.</summary>
/// <param name="From">Its beginning.</param>
/// <param name="Until">Its end.</param>
/// <param name="Why">The reason to wait; <see langword="null"/> when it is not quiet.</param>
internal sealed record QuietPhase(DateTimeOffset From, DateTimeOffset Until, Why? Why)
{
    public bool Covers(DateTimeOffset now) => From <= now && now < Until;
}
