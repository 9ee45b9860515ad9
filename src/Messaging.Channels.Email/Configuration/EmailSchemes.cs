namespace Messaging.Channels.Email;

/// <summary>The schemes of connection strings.</summary>
internal static class EmailSchemes
{
    public const string Smtp = "smtp";
    public const string Smtps = "smtps";
    public const string SmtpStartTls = "smtp+starttls";
    public const string Pickup = "pickup";

    public static readonly IReadOnlyList<string> All = [Smtp, SmtpStartTls, Smtps, Pickup];
}
