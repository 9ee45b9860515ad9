namespace Messaging.Channels.Email;

/// <summary>Finds what is wrong with options: every problem at once, each with the name of the option and the fix.</summary>
internal static class SmtpOptionsRules
{
    public static IEnumerable<string> Problems(SmtpOptions options) =>
        new[]
        {
            Host(options.Host),
            Range(nameof(options.Port), options.Port, 0, 65535),
            Credentials(options),
            HelloName(options.HelloName),
            Range(nameof(options.MaxRecipientsPerTransaction), options.MaxRecipientsPerTransaction, 1, 1000),
            Range(nameof(options.MaxConnections), options.MaxConnections, 1, 256),
            Range(nameof(options.MaxMailsPerConnection), options.MaxMailsPerConnection, 1, 1_000_000),
            Range(nameof(options.MaxConnectionAge), options.MaxConnectionAge, TimeSpan.FromSeconds(1), TimeSpan.FromHours(24)),
            Range(nameof(options.IdleTimeout), options.IdleTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)),
            Range(nameof(options.ConnectTimeout), options.ConnectTimeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(5)),
            Timeout(nameof(options.GreetingTimeout), options.GreetingTimeout),
            Timeout(nameof(options.CommandTimeout), options.CommandTimeout),
            Timeout(nameof(options.DataTimeout), options.DataTimeout),
            Timeout(nameof(options.BlockTimeout), options.BlockTimeout),
            Timeout(nameof(options.CompletionTimeout), options.CompletionTimeout),
            Range(nameof(options.DrainTimeout), options.DrainTimeout, TimeSpan.Zero, TimeSpan.FromMinutes(10)),
        }.OfType<string>();

    public static void ThrowIfInvalid(SmtpOptions options, string parameter)
    {
        var problems = string.Join(' ', Problems(options));
        if (problems.Length > 0)
        {
            throw new ArgumentException(problems, parameter);
        }
    }

    private static string? Host(string? host) => Uri.CheckHostName(host) == UriHostNameType.Unknown
        ? "SmtpOptions.Host must be a host name or an IP address, without scheme and port."
        : null;

    private static string? Credentials(SmtpOptions options)
    {
        if ((options.TokenProvider is not null || options.Authentication == SmtpAuthentication.XOAuth2) && string.IsNullOrEmpty(options.UserName))
        {
            return "SmtpOptions.UserName is missing: XOAUTH2 needs the mailbox that logs in.";
        }

        if (options.Authentication == SmtpAuthentication.XOAuth2 && options.TokenProvider is null)
        {
            return "SmtpOptions.TokenProvider is missing: XOAUTH2 needs access tokens.";
        }

        if (options.HasCredentials && options.TokenProvider is null && string.IsNullOrEmpty(options.Password))
        {
            return "SmtpOptions.Password is missing: a user name alone cannot log in.";
        }

        return options.HasCredentials && options.Security == SmtpSecurity.None && !options.AllowClearTextCredentials
            ? "SmtpOptions.Security is None, so the credentials would travel in clear text. Use Tls or StartTls, or set AllowClearTextCredentials."
            : null;
    }

    private static string? HelloName(string? name) =>
        name is { Length: > 0 } && (name.Length > 255 || name.AsSpan().ContainsAnyExceptInRange('!', '~'))
            ? "SmtpOptions.HelloName must be a host name or an address literal: at most 255 characters of printable US-ASCII, no spaces."
            : null;

    private static string? Timeout(string name, TimeSpan value) => Range(name, value, TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1));

    private static string? Range<T>(string name, T value, T min, T max)
        where T : IComparable<T> =>
        value.CompareTo(min) < 0 || value.CompareTo(max) > 0
            ? FormattableString.Invariant($"SmtpOptions.{name} is {value}; it must be between {min} and {max}.")
            : null;
}
