namespace Messaging.Testing.Contracts.Storage.Model;

/// <summary>One thing that happens to a store, as numbers that shrink well: what, and two choices that it takes.</summary>
internal readonly record struct Step(int What, int First, int Second);
