namespace Messaging.Gates;

/// <summary>That a pause holds something.</summary>
/// <param name="Why">The reason.</param>
/// <param name="ParkKey">What is released when it is resumed.</param>
internal readonly record struct PauseHold(Why Why, string ParkKey);
