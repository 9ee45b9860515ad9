namespace Messaging.Gates;

/// <summary>Says why somebody is suppressed, without saying who.</summary>
internal static class SuppressionText
{
    public static Why Explain(SuppressionEntry entry, SuppressionList list)
    {
        var who = list.ContactId is null ? "The address" : "The contact";
        var what = entry.Category is { } category ? $"category '{category}'" : "all categories";
        return new Why(WhyCodes.Suppressed, $"{who} is suppressed for {what}: {Reason(entry.Reason)}.", entry.Until);
    }

    private static string Reason(SuppressionReason reason) => reason switch
    {
        SuppressionReason.Manual => "an operator put it on the list",
        SuppressionReason.SoftBounces => "messages bounced too often",
        SuppressionReason.HardBounce => "the address does not exist",
        SuppressionReason.Complaint => "the recipient reported spam",
        SuppressionReason.Unsubscribed => "the recipient opted out",
        _ => "unknown reason",
    };
}
