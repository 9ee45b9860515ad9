using System.Buffers;
using System.IO.Pipelines;
using System.Text;

namespace Messaging.Channels.Email.Smtp;

/// <summary>A mail written in given parts with a flush after each.</summary>
internal sealed class PartsContent(params string[] parts) : IMailContent
{
    public long? EstimatedSize => null;

    public bool RequiresSmtpUtf8 => false;

    public IReadOnlyList<string> Parts => parts;

    public async ValueTask WriteAsync(MailTransferEncoding encoding, PipeWriter output, CancellationToken cancellationToken)
    {
        foreach (var part in parts)
        {
            output.Write(Encoding.Latin1.GetBytes(part));
            await output.FlushAsync(cancellationToken);
        }
    }
}
