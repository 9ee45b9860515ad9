using System.IO.Pipelines;
using System.Text;
using Messaging.Testing;

namespace Messaging.Channels.Email;

/// <summary>Writes mails the way a transport has them written.</summary>
internal static class Mails
{
    public static EmailSettings Settings { get; } = new() { From = Parse("Salon <salon@example.com>") };

    public static Mailbox Parse(string text) =>
        MailboxParser.TryParse(text, out var mailbox, out var problem) ? mailbox : throw new ArgumentException(problem, nameof(text));

    public static MimeContent Content(OutboundMessage message, EmailSettings? settings = null) =>
        MailDrafter.TryDraft(message, settings ?? Settings, out var draft, out var problem)
            ? new MimeContent(draft, message.AcceptedAt)
            : throw new ArgumentException($"{problem.Field}: {problem.Text}", nameof(message));

    public static DraftProblem Problem(OutboundMessage message, EmailSettings? settings = null) =>
        MailDrafter.TryDraft(message, settings ?? Settings, out _, out var problem)
            ? throw new ArgumentException("The message can be drafted.", nameof(message))
            : problem;

    public static async Task<byte[]> WriteAsync(
        OutboundMessage message, EmailSettings? settings = null, MailTransferEncoding encoding = MailTransferEncoding.SevenBit) =>
        await WriteAsync(Content(message, settings), encoding);

    public static async Task<byte[]> WriteAsync(IMailContent content, MailTransferEncoding encoding = MailTransferEncoding.SevenBit)
    {
        using var stream = new MemoryStream();
        var output = PipeWriter.Create(stream, new StreamPipeWriterOptions(leaveOpen: true));
        await content.WriteAsync(encoding, output, default);
        await output.CompleteAsync();
        return stream.ToArray();
    }

    public static async Task<string> TextAsync(
        OutboundMessage message, EmailSettings? settings = null, MailTransferEncoding encoding = MailTransferEncoding.SevenBit) =>
        Encoding.UTF8.GetString(await WriteAsync(message, settings, encoding));

    /// <summary>A message whose every octet is known: for comparing whole mails.</summary>
    public static OutboundMessage Known() => Some.Message() with
    {
        DeliveryId = new DeliveryId(Guid.Parse("0197c3a0-0000-7000-8000-000000000001")),
        To = new OutboundRecipient(new Address(ChannelKinds.Email, "anna@example.com"), "Anna"),
    };

    public static OutboundRecipient To(string address, string? name = null) => new(new Address(ChannelKinds.Email, address), name);
}
