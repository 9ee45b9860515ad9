namespace Messaging.Testing.Internal;

/// <summary>The clock of a host under test, and how it is moved.</summary>
/// <param name="Time">The clock.</param>
/// <param name="Advance">Moves it.</param>
internal sealed record TestClock(TimeProvider Time, Action<TimeSpan> Advance)
{
    public static TestClock Of(ManualTimeProvider clock) => new(clock, clock.Advance);
}
