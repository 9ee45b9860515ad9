namespace Messaging.Channels;

/// <summary>Which package of the suite carries what, for error texts.</summary>
internal static class ChannelPackages
{
    /// <summary>Returns how to add what is missing, by a kind or a scheme.</summary>
    public static string Hint(string kindOrScheme) => Find(kindOrScheme) is { } package
        ? $"Add the package {package.Name} and call {package.Method}."
        : "Add the channel's package and register its account in AddMessaging().";

    private static (string Name, string Method)? Find(string kindOrScheme) => kindOrScheme.ToLowerInvariant() switch
    {
        var s when s.StartsWith("email", StringComparison.Ordinal) || s is "smtp" or "smtps" or "smtp+starttls" or "pickup" =>
            ("Messaging.Channels.Email", "AddEmail(name, \"smtp://…\")"),
        var s when s.StartsWith("sms", StringComparison.Ordinal) || s is "twilio" => ("Messaging.Channels.Twilio", "AddTwilioSms(name, …)"),
        var s when s.StartsWith("telegram", StringComparison.Ordinal) => ("Messaging.Channels.Telegram", "AddTelegram(name, …)"),
        var s when s.StartsWith("whatsapp", StringComparison.Ordinal) => ("Messaging.Channels.WhatsApp", "AddWhatsApp(name, …)"),
        var s when s.StartsWith("webchat", StringComparison.Ordinal) => ("Messaging.Channels.WebChat", "AddWebChat(name, …)"),
        _ => null,
    };
}
