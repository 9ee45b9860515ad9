namespace Messaging;

/// <summary>An item of a bulk send that could not be accepted.</summary>
/// <param name="Position">Its place in the stream, counted from 0.</param>
/// <param name="Reference">The item's own reference, when it had one.</param>
/// <param name="Problems">What is wrong with it.</param>
public sealed record BulkRefusal(long Position, string? Reference, IReadOnlyList<RequestProblem> Problems);
