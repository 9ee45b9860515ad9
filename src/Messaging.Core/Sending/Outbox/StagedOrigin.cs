namespace Messaging.Sending;

/// <summary>Where a submission comes from that was staged in a host's transaction.</summary>
/// <param name="Id">The id that was promised.</param>
/// <param name="Fingerprint">What the original request asks for.</param>
internal sealed record StagedOrigin(MessageId Id, UInt128 Fingerprint);
