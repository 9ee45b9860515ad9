namespace Messaging.Storage;

/// <summary>Says durably that a provider call is about to begin, for kinds whose unknown outcome must not be retried.</summary>
/// <param name="Lease">The proof of the claim.</param>
/// <param name="Account">The account.</param>
public sealed record AttemptStart(LeaseToken Lease, string Account);
