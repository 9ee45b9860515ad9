namespace Messaging.Crash.Killing;

/// <summary>What came of it.</summary>
/// <param name="Acked">How many numbers were acknowledged.</param>
/// <param name="Delivered">How many numbers arrived; more than acknowledged when a process died between its commit and its answer.</param>
/// <param name="Lost">How many were acknowledged and never arrived.</param>
/// <param name="Duplicated">How many copies came beyond the first.</param>
/// <param name="LongestUnsettled">The longest time between the first copy of a duplicate and the death of its sender.</param>
/// <param name="Wrong">What cannot be explained by a death; <see langword="null"/> when nothing is.</param>
public sealed record KillReport(int Acked, int Delivered, int Lost, int Duplicated, TimeSpan LongestUnsettled, string? Wrong);
