namespace Messaging.Storage;

/// <summary>An id that a provider gave to an earlier attempt.</summary>
/// <param name="Account">The account.</param>
/// <param name="ProviderId">The id.</param>
public sealed record MovedReceipt(string Account, string ProviderId);
