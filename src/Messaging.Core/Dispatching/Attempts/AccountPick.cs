using Messaging.Channels;

namespace Messaging.Dispatching;

/// <summary>The account for one attempt, or that none can send now.</summary>
/// <param name="Account">The account; <see langword="null"/> when none can send.</param>
/// <param name="Breaker">Its breaker, or the one that ends first of those that are open.</param>
internal readonly record struct AccountPick(ChannelAccount? Account, Breaker? Breaker);
