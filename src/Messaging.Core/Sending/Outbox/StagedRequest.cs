namespace Messaging.Sending;

/// <summary>A request as it was staged.</summary>
/// <param name="Request">The request; its attachments are bytes or deferred.</param>
/// <param name="Fingerprint">What it asks for, as computed of the original.</param>
/// <param name="TraceParent">The caller's place in a trace.</param>
internal sealed record StagedRequest(SendRequest Request, UInt128 Fingerprint, string? TraceParent);
