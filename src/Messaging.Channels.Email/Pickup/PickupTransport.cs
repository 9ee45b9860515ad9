using System.IO.Pipelines;

namespace Messaging.Channels.Email;

/// <summary>
/// Writes mails as <c>.eml</c> files for development and for servers that collect them. A file appears complete or not at all; its
/// name sorts by the moment at which the message was accepted, and another attempt writes the same file anew.
/// </summary>
internal sealed class PickupTransport(string directory) : IMailTransport
{
    private readonly string _directory = Path.GetFullPath(directory);
    private volatile bool _isDisposed;

    public async ValueTask<MailResult> SendAsync(MailEnvelope envelope, IMailContent content, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        ArgumentNullException.ThrowIfNull(content);
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        cancellationToken.ThrowIfCancellationRequested();
        var path = Path.Combine(_directory, PickupName.Of(envelope, content));
        var temporary = $"{path}.{Path.GetRandomFileName()}.tmp";
        try
        {
            Directory.CreateDirectory(_directory);
            await WriteAsync(temporary, envelope, content, cancellationToken).ConfigureAwait(false);
            File.Move(temporary, path, overwrite: true);
            return Result(envelope, new(MailRecipientStatus.Accepted, SmtpStage.Content));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return NotSent(envelope, MailFailureKind.Connect, $"The pickup directory cannot be written ({e.GetType().Name}). Check the disk and the permissions.");
        }
        catch (PickupContentException e)
        {
            return NotSent(envelope, MailFailureKind.Content, e.Message);
        }
        finally
        {
            PickupName.Remove(temporary);
        }
    }

    public ValueTask DisposeAsync()
    {
        _isDisposed = true;
        return ValueTask.CompletedTask;
    }

    private static async ValueTask WriteAsync(string path, MailEnvelope envelope, IMailContent content, CancellationToken cancellationToken)
    {
        var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.Asynchronous);
        await using (file.ConfigureAwait(false))
        {
            var output = PipeWriter.Create(file, new StreamPipeWriterOptions(minimumBufferSize: 16 * 1024, leaveOpen: true));
            PickupEnvelope.Write(output, envelope);
            try
            {
                await content.WriteAsync(MailTransferEncoding.EightBit, output, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                throw new PickupContentException(e);
            }

            await output.CompleteAsync().ConfigureAwait(false);
        }
    }

    private static MailResult NotSent(MailEnvelope envelope, MailFailureKind kind, string why) =>
        Result(envelope, new(MailRecipientStatus.NotSent, SmtpStage.Connect, Failure: new MailFailure(kind, why)));

    private static MailResult Result(MailEnvelope envelope, MailRecipientResult result) => MailResult.ForAll(envelope.Recipients.Count, result);
}
