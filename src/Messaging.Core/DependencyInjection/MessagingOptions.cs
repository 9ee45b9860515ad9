namespace Messaging;

/// <summary>What a host sets for the whole suite. Checked at start-up, and read anew when the configuration changes.</summary>
public sealed class MessagingOptions
{
    /// <summary>Gets or sets the BCP 47 locale of a recipient about whom nobody knows another.</summary>
    /// <value>The default is <c>en</c>.</value>
    public string DefaultLocale { get; set; } = "en";

    /// <summary>Gets or sets the IANA time zone of a recipient about whom nobody knows another.</summary>
    /// <value>The default is <see langword="null"/>: instants are shown in UTC, and quiet hours go by their own setting.</value>
    public string? TimeZone { get; set; }

    /// <summary>Gets or sets the name that the store is stamped with, such as <c>production</c>; a store with another stamp is not dispatched from.</summary>
    /// <value>The default is <see langword="null"/>: an unstamped store stays so.</value>
    public string? Environment { get; set; }

    /// <summary>Gets or sets a value indicating whether this process accepts messages and leaves sending to others.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool SendOnly { get; set; }

    /// <summary>Gets or sets a value indicating whether a request without a tenant is an error, rather than the tenant <c>default</c>.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool RequireTenant { get; set; }

    /// <summary>Gets or sets how long an idempotency key is kept.</summary>
    /// <value>Between 1 minute and 366 days; the default is 24 hours.</value>
    public TimeSpan IdempotencyWindow { get; set; } = TimeSpan.FromHours(24);

    /// <summary>Gets or sets how far back <see cref="SendRequest.SendAt"/> may lie and still mean now: clocks differ.</summary>
    /// <value>Between zero and 1 hour; the default is 5 s.</value>
    public TimeSpan PastTolerance { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets or sets how far ahead a message may be scheduled.</summary>
    /// <value>Between 1 minute and 3660 days; the default is 366 days.</value>
    public TimeSpan MaxSchedule { get; set; } = TimeSpan.FromDays(366);

    /// <summary>Gets or sets the most recipients of one request; more go into a bulk.</summary>
    /// <value>Between 1 and 10,000; the default is 1,000.</value>
    public int MaxRecipients { get; set; } = 1_000;

    /// <summary>Gets or sets the largest content (subject, text and html together), in bytes of UTF-8.</summary>
    /// <value>Between 1 KiB and 64 MiB; the default is 4 MiB.</value>
    public int MaxBodyBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>Gets the settings for attachments.</summary>
    public AttachmentOptions Attachments { get; } = new();

    /// <summary>Gets or sets how many items of a bulk are stored together.</summary>
    /// <value>Between 1 and 10,000; the default is 500.</value>
    public int BulkChunkSize { get; set; } = 500;

    /// <summary>Gets or sets the pause after each chunk of a bulk.</summary>
    /// <value>Between zero and 1 minute; the default is zero: as fast as the store takes them.</value>
    public TimeSpan BulkChunkInterval { get; set; }

    /// <summary>Gets how long sending makes sense for each kind, from acceptance or <see cref="SendRequest.SendAt"/> on, when the request does not say.</summary>
    /// <value>More than zero. The default is 4 days for <c>email</c> and <c>push</c>, 1 hour for <c>voice</c>, and 1 day for every other kind.</value>
    public IDictionary<string, TimeSpan> Expiry { get; } = new Dictionary<string, TimeSpan>(StringComparer.Ordinal)
    {
        [ChannelKinds.Email] = TimeSpan.FromDays(4),
        [ChannelKinds.Push] = TimeSpan.FromDays(4),
        [ChannelKinds.Voice] = TimeSpan.FromHours(1),
    };

    /// <summary>Gets the address, for each kind, to which everything of that kind goes instead. As soon as there is one, a kind without one goes nowhere.</summary>
    public IDictionary<string, string> Redirect { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Gets who may be written to: addresses (<c>anna@example.com</c>, <c>+48123456789</c>), domains (<c>@example.com</c>) or beginnings (<c>+48*</c>).</summary>
    /// <value>Empty, the default, means everybody.</value>
    public IList<string> AllowedRecipients { get; } = [];

    /// <summary>Gets the settings of tenants by their names.</summary>
    public IDictionary<string, TenantSettings> Tenants { get; } = new Dictionary<string, TenantSettings>(StringComparer.Ordinal);

    /// <summary>Returns how long sending a kind makes sense.</summary>
    internal TimeSpan ExpiryOf(string kind) => Expiry.TryGetValue(kind, out var expiry) ? expiry : TimeSpan.FromDays(1);

    /// <summary>Returns how long sending makes sense when the kind is not known yet.</summary>
    internal TimeSpan LongestExpiry()
    {
        var longest = TimeSpan.FromDays(1);
        foreach (var (_, expiry) in Expiry)
        {
            longest = expiry > longest ? expiry : longest;
        }

        return longest;
    }
}
