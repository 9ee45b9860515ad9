using Messaging.Channels;
using Messaging.Testing.Internal;

namespace Messaging.Testing;

/// <summary>A message as a channel got it: rendered, degraded to what the channel carries, and copied, so that it stays valid.</summary>
public abstract record SentMessage
{
    private protected SentMessage(CapturedCall call)
    {
        var message = call.Message;
        (MessageId, DeliveryId, Tenant) = (message.Id, message.DeliveryId, message.Tenant);
        (Kind, Account, AccountOwner) = (call.Account.Kind, call.Account.Name, call.Account.Tenant);
        (To, ToName) = (message.To.Address.Value, message.To.Name);
        (Cc, Bcc) = (Addresses(message.Cc), Addresses(message.Bcc));
        (From, ReplyTo) = (message.From, message.ReplyTo);
        (Subject, Text, Html) = (message.Subject.ToString(), message.Text.ToString(), message.Html.ToString());
        (Actions, Attachments) = (message.Actions, call.Attachments);
        (Extras, Metadata) = (message.Extras, message.Metadata);
        (Category, Locale, Attempt, SentAt) = (message.Category, message.Locale, message.Attempt, call.At);
    }

    /// <summary>Gets the message.</summary>
    public MessageId MessageId { get; }

    /// <summary>Gets the delivery.</summary>
    public DeliveryId DeliveryId { get; }

    /// <summary>Gets the tenant.</summary>
    public TenantId Tenant { get; }

    /// <summary>Gets the medium.</summary>
    public string Kind { get; }

    /// <summary>Gets the account that carried it.</summary>
    public string Account { get; }

    /// <summary>Gets the recipient's address.</summary>
    public string To { get; }

    /// <summary>Gets the recipient's display name; <see langword="null"/> when there is none.</summary>
    public string? ToName { get; }

    /// <summary>Gets the addresses of further recipients that all see.</summary>
    public IReadOnlyList<string> Cc { get; }

    /// <summary>Gets the addresses of further recipients that nobody sees.</summary>
    public IReadOnlyList<string> Bcc { get; }

    /// <summary>Gets the sender; <see langword="null"/> means the account's default.</summary>
    public string? From { get; }

    /// <summary>Gets where answers go; <see langword="null"/> means the sender.</summary>
    public string? ReplyTo { get; }

    /// <summary>Gets the subject; empty when there is none.</summary>
    public string Subject { get; }

    /// <summary>Gets the plain text; empty when there is none.</summary>
    public string Text { get; }

    /// <summary>Gets the html; empty when there is none.</summary>
    public string Html { get; }

    /// <summary>Gets what the recipient may do.</summary>
    public IReadOnlyList<MessageAction> Actions { get; }

    /// <summary>Gets the attachments, with their bytes.</summary>
    public IReadOnlyList<SentAttachment> Attachments { get; }

    /// <summary>Gets the properties that the kind's extras wrote.</summary>
    public IReadOnlyDictionary<string, string> Extras { get; }

    /// <summary>Gets the caller's metadata.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Gets why it was sent.</summary>
    public string Category { get; }

    /// <summary>Gets the locale of the content, when known.</summary>
    public string? Locale { get; }

    /// <summary>Gets the number of the attempt, from 1.</summary>
    public int Attempt { get; }

    /// <summary>Gets when the channel got it, by the test's clock.</summary>
    public DateTimeOffset SentAt { get; }

    /// <summary>Gets what the channel answered; <see langword="null"/> when it threw.</summary>
    public SendResult? Result { get; internal init; }

    internal TenantId? AccountOwner { get; }

    /// <summary>Describes it in one line, for the text of a failed test.</summary>
    public sealed override string ToString() =>
        $"{Kind} to {To} by '{Account}' at {SentAt:HH:mm:ss}: {(Subject.Length > 0 ? Subject : Shorten(Text))}{Answer()}";

    private static IReadOnlyList<string> Addresses(IReadOnlyList<OutboundRecipient> recipients) => [.. recipients.Select(recipient => recipient.Address.Value)];

    private static string Shorten(string text) => text.Length <= 60 ? text : text[..60] + "…";

    private string Answer() => Result switch
    {
        SendResult.Accepted => "",
        null => " → threw",
        var refused => $" → {refused.GetType().Name}",
    };
}
