using System.Buffers;
using System.IO.Pipelines;

namespace Messaging.Channels.Email.Smtp;

/// <summary>A mail written block by block with a flush after each.</summary>
internal sealed class BlockContent(int blocks, byte[] block) : IMailContent
{
    public long? EstimatedSize { get; init; }

    public bool RequiresSmtpUtf8 => false;

    /// <summary>Gets how many blocks were asked for the last time.</summary>
    public int Written { get; private set; }

    /// <summary>Gets what is awaited before a block.</summary>
    public Func<int, Task> Before { get; init; } = _ => Task.CompletedTask;

    public async ValueTask WriteAsync(MailTransferEncoding encoding, PipeWriter output, CancellationToken cancellationToken)
    {
        for (Written = 0; Written < blocks; Written++)
        {
            await Before(Written);
            output.Write(block);
            if ((await output.FlushAsync(cancellationToken)).IsCompleted)
            {
                return;
            }
        }
    }
}
