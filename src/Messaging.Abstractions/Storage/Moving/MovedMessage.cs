namespace Messaging.Storage;

/// <summary>A message on its way to another store.</summary>
/// <param name="Message">The message.</param>
/// <param name="IsBulk">Whether it came without deliveries: more may come.</param>
/// <param name="IsRouted">Whether a route that has not ended still needs its payloads.</param>
/// <param name="Drops">Whether payloads go when nobody needs them.</param>
public sealed record MovedMessage(StoredMessage Message, bool IsBulk, bool IsRouted, bool Drops);
