using System.Buffers;
using System.IO.Pipelines;
using System.Text;

namespace Messaging.Channels.Email.Smtp;

/// <summary>A mail that is just octets, one per character; counts how often it was asked for, and how.</summary>
internal sealed class TextContent(string text) : IMailContent
{
    public long? EstimatedSize { get; init; }

    public bool RequiresSmtpUtf8 { get; init; }

    public List<MailTransferEncoding> Encodings { get; } = [];

    public string Text => text;

    public ValueTask WriteAsync(MailTransferEncoding encoding, PipeWriter output, CancellationToken cancellationToken)
    {
        Encodings.Add(encoding);
        output.Write(Encoding.Latin1.GetBytes(text));
        return ValueTask.CompletedTask;
    }
}
