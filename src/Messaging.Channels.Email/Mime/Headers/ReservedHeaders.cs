using System.Collections.Frozen;

namespace Messaging.Channels.Email;

/// <summary>The fields that a custom header may not be, since the mail has them already or the way of the mail writes them.</summary>
internal static class ReservedHeaders
{
    private static readonly FrozenDictionary<string, string> Fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["From"] = "Set From of the request",
        ["Sender"] = "Set EmailExtras.Sender",
        ["Reply-To"] = "Set ReplyTo of the request",
        ["To"] = "Set To of the request",
        ["Cc"] = "Set Cc of the request",
        ["Bcc"] = "Set Bcc of the request",
        ["Subject"] = "Set Subject of the content",
        ["Date"] = "It is the moment at which the message was accepted",
        ["Message-ID"] = "It is made of the delivery's id, so that retries keep it",
        ["In-Reply-To"] = "Set EmailExtras.InReplyTo",
        ["References"] = "Set EmailExtras.References",
        ["Auto-Submitted"] = "Set EmailExtras.AutoSubmitted",
        ["Precedence"] = "Set EmailExtras.Precedence",
        ["List-Unsubscribe"] = "Set EmailExtras.UnsubscribeUrl or UnsubscribeMailto",
        ["List-Unsubscribe-Post"] = "Set EmailExtras.UnsubscribeUrl",
        ["DKIM-Signature"] = "Set Dkim of the account",
        ["Return-Path"] = "Set ReturnPath of the account",
        ["MIME-Version"] = "It is always 1.0",
        ["Content-Language"] = "Set Locale of the request",
        ["Received"] = "Mail servers write it",
        ["Authentication-Results"] = "Mail servers write it",
        ["X-Sender"] = "The pickup directory uses it for the envelope",
        ["X-Receiver"] = "The pickup directory uses it for the envelope",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly (string Prefix, string Advice)[] Families =
    [
        ("Content-", "It follows from the content"),
        ("Resent-", "Mail programs write it when a person forwards"),
        ("ARC-", "Mail servers write it"),
    ];

    /// <summary>Says what to do instead of setting a field by hand.</summary>
    /// <returns><see langword="null"/> when the field may be set.</returns>
    public static string? AdviceFor(string name)
    {
        if (Fields.TryGetValue(name, out var advice))
        {
            return advice;
        }

        foreach (var family in Families)
        {
            if (name.StartsWith(family.Prefix, StringComparison.OrdinalIgnoreCase))
            {
                return family.Advice;
            }
        }

        return null;
    }
}
