namespace Messaging;

/// <summary>Something that is held.</summary>
/// <param name="Scope">What.</param>
/// <param name="Reason">Why, in the operator's words.</param>
/// <param name="Since">Since when.</param>
public sealed record Pause(PauseScope Scope, string Reason, DateTimeOffset Since);
