namespace Messaging;

/// <summary>A provider's report about something that this installation never sent, as far as it knows: a wrong id, another system on the same account, or a forgery.</summary>
/// <param name="Report">The report.</param>
/// <param name="ReceivedAt">When it came. Three days long it was tried to find its delivery.</param>
public sealed record QuarantinedReport(ProviderEvent Report, DateTimeOffset ReceivedAt);
