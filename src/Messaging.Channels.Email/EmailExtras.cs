using System.Collections.ObjectModel;

namespace Messaging.Channels.Email;

/// <summary>What only a mail has. Add it to <see cref="SendRequest.Extras"/>; every other kind of channel ignores it.</summary>
public sealed record EmailExtras : IChannelExtras
{
    /// <inheritdoc/>
    public string Kind => ChannelKinds.Email;

    /// <summary>Gets further header fields by name: <c>!</c> to <c>~</c> without the colon, at most 76 characters, no line breaks in the value.</summary>
    /// <value>Fields that the mail has anyway, such as From or Subject, are refused. The default is none.</value>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Gets who really sends, when that is not the author (RFC 5322 §3.6.2): <c>Office &lt;office@example.com&gt;</c>.</summary>
    public string? Sender { get; init; }

    /// <summary>Gets the Message-ID of the mail that this one answers, with or without angle brackets.</summary>
    public string? InReplyTo { get; init; }

    /// <summary>Gets the Message-IDs of the thread so far, oldest first (RFC 5322 §3.6.4).</summary>
    /// <value>Of more than 20 the first and the last 19 are kept. Empty with an <see cref="InReplyTo"/> means that one.</value>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>Gets the page that unsubscribes by one POST (RFC 8058): HTTPS, with an opaque token of this recipient in it.</summary>
    /// <remarks>Mailbox providers honour it only in a mail with a DKIM signature. A GET of it must not unsubscribe: scanners follow links.</remarks>
    public Uri? UnsubscribeUrl { get; init; }

    /// <summary>Gets an address to which an empty mail unsubscribes (RFC 2369 §3.2): <c>unsubscribe@example.com</c>.</summary>
    public string? UnsubscribeMailto { get; init; }

    /// <summary>Gets the Precedence field, such as <c>bulk</c> or <c>list</c>; one word.</summary>
    /// <value>The default <see langword="null"/> leaves it out: it does no good outside of mailing lists.</value>
    public string? Precedence { get; init; }

    /// <summary>Gets whether a person or a program wrote the mail.</summary>
    /// <value>The default is <see cref="AutoSubmitted.Generated"/>.</value>
    public AutoSubmitted AutoSubmitted { get; init; }

    /// <inheritdoc/>
    /// <exception cref="InvalidSendRequestException">Something is wrong; the text names each field and the fix.</exception>
    public void WriteTo(IDictionary<string, string> properties)
    {
        ArgumentNullException.ThrowIfNull(properties);
        var problems = new List<RequestProblem>();
        EmailExtrasCheck.Check(this, problems);
        if (problems.Count > 0)
        {
            throw new InvalidSendRequestException(problems);
        }

        EmailProperties.Write(this, properties);
    }

    /// <summary>Names the type only: headers can be personal data.</summary>
    public override string ToString() => nameof(EmailExtras);
}
