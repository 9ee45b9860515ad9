namespace Messaging.Channels.Email;

/// <summary>
/// The suite's own SMTP client (RFC 5321): a pool of connections to one server, on which mails follow each other without waiting
/// for more round trips than the protocol demands. Safe for concurrent use; to keep every connection busy have about twice
/// <see cref="SmtpOptions.MaxConnections"/> mails under way.
/// </summary>
public sealed class SmtpTransport : IMailTransport
{
    private readonly SmtpPool _pool;

    /// <summary>Creates a transport; the first mail opens the first connection.</summary>
    /// <param name="options">How to reach the server; not changed afterwards.</param>
    /// <param name="timeProvider">The clock for every timeout; null for the system's.</param>
    /// <exception cref="ArgumentException"><paramref name="options"/> are not valid; the text names every problem.</exception>
    public SmtpTransport(SmtpOptions options, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        SmtpOptionsRules.ThrowIfInvalid(options, nameof(options));
        var time = timeProvider ?? TimeProvider.System;
        _pool = new SmtpPool(new SmtpConnector(options, time), options, time);
    }

    /// <inheritdoc/>
    public ValueTask<MailResult> SendAsync(MailEnvelope envelope, IMailContent content, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        ArgumentNullException.ThrowIfNull(content);
        if (envelope.Recipients is not { Count: > 0 })
        {
            throw new ArgumentException("The envelope has no recipients. Add at least one to MailEnvelope.Recipients.", nameof(envelope));
        }

        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<MailResult>(cancellationToken);
        }

        var job = new MailJob(_pool, envelope, content, cancellationToken);
        job.ListenForCancellation();
        _pool.Submit(job);
        return new(job.Task);
    }

    /// <summary>
    /// Takes no more mails, waits up to <see cref="SmtpOptions.DrainTimeout"/> for those queued or under way, says goodbye to the
    /// server, and then ends the rest.
    /// </summary>
    public ValueTask DisposeAsync() => _pool.DisposeAsync();
}
