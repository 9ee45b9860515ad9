using System.ComponentModel.DataAnnotations;

namespace Messaging.Channels.Email;

/// <summary>One e-mail account. A change takes effect with the next mail; mails under way end as they began.</summary>
public sealed class EmailOptions
{
    internal const long DefaultMaxMessageBytes = 25 * 1024 * 1024;
    internal const int DefaultMaxRecipients = 100;

    /// <summary>
    /// Gets or sets how to reach the server, in one line: <c>smtp://user:secret@mail.example.com:587?from=Salon &lt;salon@example.com&gt;</c>,
    /// <c>smtps://…</c>, <c>smtp+starttls://…</c> or <c>pickup:///directory</c>. What it names wins over the properties below.
    /// </summary>
    /// <remarks>
    /// Parameters, besides those of <see cref="SmtpConnectionString"/>: <c>from</c>, <c>returnPath</c>, <c>messageIdDomain</c>,
    /// <c>maxMessageBytes</c>, <c>maxRecipients</c>, <c>notify=success,failure,delay|never</c>, <c>pipelining=off</c>, <c>chunking=off</c>,
    /// <c>dkimDomain</c>, <c>dkimSelector</c>, <c>dkimKey</c> (base64 without line ends) and <c>dkimKeyPath</c>.
    /// </remarks>
    public string? ConnectionString { get; set; }

    /// <summary>Gets or sets the sender of mails that name none: <c>salon@example.com</c> or <c>Salon &lt;salon@example.com&gt;</c>.</summary>
    /// <value>The default <see langword="null"/> means that every request must name its sender.</value>
    public string? From { get; set; }

    /// <summary>Gets or sets where bounces go: the sender of the envelope.</summary>
    /// <value>An address, or <c>&lt;&gt;</c> for none; the default <see langword="null"/> means the sender's own.</value>
    public string? ReturnPath { get; set; }

    /// <summary>Gets or sets the right side of Message-IDs.</summary>
    /// <value>The default <see langword="null"/> means the domain of the sender.</value>
    public string? MessageIdDomain { get; set; }

    /// <summary>Gets or sets the largest mail: text, html and attachments together, in bytes as given. Base64 adds a third on the wire.</summary>
    /// <value>1 KB to 1 GB; the default is 25 MB.</value>
    [Range(1024L, 1024L * 1024 * 1024)]
    public long MaxMessageBytes { get; set; } = DefaultMaxMessageBytes;

    /// <summary>Gets or sets the most recipients (To, Cc, Bcc) of one mail.</summary>
    /// <value>1 to 1000; the default is 100, which every server must take (RFC 5321 §4.5.3.1.8).</value>
    [Range(1, 1000)]
    public int MaxRecipients { get; set; } = DefaultMaxRecipients;

    /// <summary>Gets or sets a directory to which mails are written as <c>.eml</c> files instead of being sent. It is created when it is missing.</summary>
    /// <value>The default <see langword="null"/> means that mails go to <see cref="Smtp"/>.</value>
    public string? PickupDirectory { get; set; }

    /// <summary>Gets the server and how hard to use it.</summary>
    public SmtpOptions Smtp { get; } = new();

    /// <summary>Gets or sets how mails are signed.</summary>
    /// <value>The default <see langword="null"/> leaves that to the server.</value>
    public DkimOptions? Dkim { get; set; }

    /// <summary>Gets or sets when servers shall send delivery status notices to the return path (RFC 3461).</summary>
    /// <value>The default leaves it to the servers, which report failures.</value>
    public DsnNotify Notify { get; set; }

    /// <summary>Gets or sets how much of the mail comes back in a notice.</summary>
    /// <value>The default leaves it to the servers.</value>
    public DsnReturn Return { get; set; }

    /// <summary>Gets or sets what is wrong with the configuration that the options come from.</summary>
    internal string? SectionProblem { get; set; }

    /// <summary>Gets the scheme that says how mails leave.</summary>
    internal string Scheme => PickupDirectory is not null ? EmailSchemes.Pickup : Smtp.Security switch
    {
        SmtpSecurity.Tls => EmailSchemes.Smtps,
        SmtpSecurity.StartTls => EmailSchemes.SmtpStartTls,
        _ => EmailSchemes.Smtp,
    };
}
