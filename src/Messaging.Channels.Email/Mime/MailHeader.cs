namespace Messaging.Channels.Email;

/// <summary>Writes the header of a mail, up to the fields that describe the body (RFC 5322 §3.6).</summary>
internal static class MailHeader
{
    public static void Write(ref OctetWriter writer, MailDraft draft)
    {
        WriteOriginators(ref writer, draft);
        AddressHeader.Write(ref writer, "To"u8, [draft.To]);
        if (draft.Cc.Length > 0)
        {
            AddressHeader.Write(ref writer, "Cc"u8, draft.Cc);
        }

        UnstructuredHeader.Write(ref writer, "Subject"u8, draft.Subject.Span);
        MailDate.Write(ref writer, draft.Message.AcceptedAt);
        HeaderFolding.WriteName(ref writer, "Message-ID"u8);
        HeaderFolding.WriteBlank(ref writer, draft.MessageId.Length);
        writer.WriteText(draft.MessageId);
        writer.WriteLineEnd();
        ExtraHeaders.Write(ref writer, draft.Message.Extras);
        WriteLanguage(ref writer, draft.Message.Locale);
        writer.Write("MIME-Version: 1.0\r\n"u8);
    }

    private static void WriteOriginators(ref OctetWriter writer, MailDraft draft)
    {
        AddressHeader.Write(ref writer, "From"u8, [draft.From]);
        if (draft.Sender is { } sender)
        {
            AddressHeader.Write(ref writer, "Sender"u8, [sender]);
        }

        if (draft.ReplyTo.Count > 0)
        {
            AddressHeader.Write(ref writer, "Reply-To"u8, [.. draft.ReplyTo]);
        }
    }

    private static void WriteLanguage(ref OctetWriter writer, string? locale)
    {
        if (locale is { Length: > 0 and <= 35 } && !locale.AsSpan().ContainsAnyExcept(LanguageTag.Characters))
        {
            writer.Write("Content-Language: "u8);
            writer.WriteText(locale);
            writer.WriteLineEnd();
        }
    }
}
