namespace Messaging.Channels.Email;

/// <summary>How <see cref="EmailExtras"/> are kept with a message. The names are stored: they never change.</summary>
internal static class EmailProperties
{
    public const string Header = "header:";
    public const string Sender = "sender";
    public const string InReplyTo = "in-reply-to";
    public const string References = "references";
    public const string UnsubscribeUrl = "unsubscribe-url";
    public const string UnsubscribeMailto = "unsubscribe-mailto";
    public const string Precedence = "precedence";
    public const string AutoSubmitted = "auto-submitted";

    public static void Write(EmailExtras extras, IDictionary<string, string> properties)
    {
        Put(properties, Sender, extras.Sender);
        Put(properties, InReplyTo, extras.InReplyTo);
        Put(properties, References, extras.References.Count == 0 ? null : string.Join(' ', extras.References));
        Put(properties, UnsubscribeUrl, extras.UnsubscribeUrl?.AbsoluteUri);
        Put(properties, UnsubscribeMailto, extras.UnsubscribeMailto);
        Put(properties, Precedence, extras.Precedence);
        Put(properties, AutoSubmitted, extras.AutoSubmitted switch
        {
            Email.AutoSubmitted.Replied => "auto-replied",
            Email.AutoSubmitted.No => "no",
            _ => null,
        });

        foreach (var (name, value) in extras.Headers)
        {
            properties[Header + name] = value;
        }
    }

    private static void Put(IDictionary<string, string> properties, string name, string? value)
    {
        if (!string.IsNullOrWhiteSpace(value))
        {
            properties[name] = value;
        }
    }
}
