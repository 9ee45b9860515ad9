using System.Buffers;
using System.IO.Pipelines;

namespace Messaging.Channels.Email;

/// <summary>Writes the octets of a file as base64 while they are read, a block at a time.</summary>
internal static class AttachmentWriter
{
    private const int Block = Base64Lines.Line * 512; // 29 KB read, 39 KB written between two flushes

    /// <summary>Writes a file.</summary>
    /// <returns>How many octets it had, and whether anybody wants what follows.</returns>
    /// <exception cref="MailTooLargeException">It has more than <paramref name="limit"/>.</exception>
    public static async ValueTask<(long Octets, bool GoOn)> WriteAsync(
        OutboundAttachment attachment, long limit, PipeWriter output, CancellationToken cancellationToken)
    {
        var stream = await attachment.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            var block = ArrayPool<byte>.Shared.Rent(Block);
            try
            {
                return await CopyAsync(stream, block, limit, output, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(block);
            }
        }
    }

    private static async ValueTask<(long Octets, bool GoOn)> CopyAsync(
        Stream stream, byte[] block, long limit, PipeWriter output, CancellationToken cancellationToken)
    {
        for (var total = 0L; ;)
        {
            var read = await stream.ReadAtLeastAsync(block.AsMemory(0, Block), Block, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            total += read;
            MailTooLargeException.ThrowIf(total > limit);
            Encode(block.AsSpan(0, read), output, isEmpty: total == 0);
            var flushed = await output.FlushAsync(cancellationToken).ConfigureAwait(false);
            if (flushed.IsCompleted || read < Block)
            {
                return (total, !flushed.IsCompleted);
            }
        }
    }

    private static void Encode(ReadOnlySpan<byte> octets, PipeWriter output, bool isEmpty)
    {
        var writer = new OctetWriter(output);
        Base64Lines.Write(ref writer, octets);
        if (isEmpty)
        {
            writer.Write("\r\n"u8);
        }

        writer.Complete();
    }
}
