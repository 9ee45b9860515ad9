using System.Buffers;
using System.Globalization;

namespace Messaging.Channels.Email;

/// <summary>Names the files of a pickup directory.</summary>
internal static class PickupName
{
    private static readonly SearchValues<char> Safe = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_");

    /// <summary>Gets the name of a mail's file: the moment of its message, then what nothing else has.</summary>
    public static string Of(MailEnvelope envelope, IMailContent content)
    {
        if (content is MimeContent { Draft: var draft })
        {
            return string.Create(
                CultureInfo.InvariantCulture, $"{draft.Message.AcceptedAt.UtcDateTime:yyyyMMdd'T'HHmmss'.'fff'Z'}-{draft.Message.DeliveryId.Value:N}.eml");
        }

        var isUsable = envelope.EnvelopeId is { Length: > 0 } id && !id.AsSpan().ContainsAnyExcept(Safe);
        return $"{(isUsable ? envelope.EnvelopeId : Guid.NewGuid().ToString("N"))}.eml";
    }

    /// <summary>Removes what a failed attempt left; nothing when it succeeded.</summary>
    public static void Remove(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A file with an odd name stays; the mail's fate is decided already.
            return;
        }
    }
}
