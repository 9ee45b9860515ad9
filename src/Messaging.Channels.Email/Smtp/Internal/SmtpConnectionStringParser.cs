using System.Globalization;

namespace Messaging.Channels.Email;

/// <summary>Takes a connection string apart. Its errors name the part and never quote it: any part may be half a password.</summary>
internal sealed class SmtpConnectionStringParser(IDictionary<string, string>? others)
{
    private const string Encode = "If the user name or the password contains % : @ / ? or #, write it percent-encoded.";

    public SmtpOptions Options { get; } = new();

    private bool _isPlainScheme;

    /// <returns>What is wrong, or null.</returns>
    public string? Read(string text)
    {
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0 || !ReadScheme(text[..scheme]))
        {
            return Problem("scheme", "must be smtp://, smtp+starttls:// or smtps://.");
        }

        var rest = text[(scheme + 3)..];
        var end = rest.AsSpan().IndexOfAny('/', '?', '#');
        var authority = end < 0 ? rest : rest[..end];
        return ReadAuthority(authority) ?? ReadTail(end < 0 ? "" : rest[end..]) ?? Check();
    }

    private bool ReadScheme(string scheme)
    {
        (SmtpSecurity Security, bool IsPlain)? known = scheme.ToLowerInvariant() switch
        {
            "smtp" => (SmtpSecurity.None, true),
            "smtp+starttls" => (SmtpSecurity.StartTls, false),
            "smtps" => (SmtpSecurity.Tls, false),
            _ => null,
        };
        (Options.Security, _isPlainScheme) = known ?? default;
        return known is not null;
    }

    private string? ReadAuthority(string authority)
    {
        var at = authority.LastIndexOf('@');
        return (at < 0 ? null : ReadUser(authority[..at])) ?? ReadHost(authority[(at + 1)..]);
    }

    private string? ReadUser(string user)
    {
        var colon = user.IndexOf(':', StringComparison.Ordinal);
        if (!TryDecode(colon < 0 ? user : user[..colon], out var name) || name.Length == 0)
        {
            return Problem("user name", $"is empty or not percent-encoded. {Encode}");
        }

        if (!TryDecode(colon < 0 ? "" : user[(colon + 1)..], out var password))
        {
            return Problem("password", $"is not percent-encoded. {Encode}");
        }

        (Options.UserName, Options.Password) = (name, password.Length == 0 ? null : password);
        Options.Security = _isPlainScheme ? SmtpSecurity.StartTls : Options.Security;
        return null;
    }

    private string? ReadHost(string host)
    {
        var colon = host.LastIndexOf(':');
        if (colon > host.LastIndexOf(']'))
        {
            if (!TryNumber(host[(colon + 1)..], 65535, out var port))
            {
                return Problem("port", $"must be a number from 1 to 65535. {Encode}");
            }

            Options.Port = port;
            host = host[..colon];
        }

        Options.Host = host.StartsWith('[') && host.EndsWith(']') ? host[1..^1] : host;
        return Uri.CheckHostName(Options.Host) == UriHostNameType.Unknown
            ? Problem("host", $"must be a host name or an IP address. {Encode}")
            : null;
    }

    private string? ReadTail(string tail)
    {
        var query = tail.TrimStart('/');
        if (query.Length == 0)
        {
            return null;
        }

        if (query[0] != '?' || query.Contains('#', StringComparison.Ordinal) || tail.Length - query.Length > 1)
        {
            return Problem("part after the host", $"must be empty or begin with '?'. {Encode}");
        }

        var parameters = query[1..].Split('&', StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < parameters.Length; i++)
        {
            if (ReadParameter(parameters[i]) is { } problem)
            {
                return Problem($"parameter number {(i + 1).ToString(CultureInfo.InvariantCulture)}", problem);
            }
        }

        return null;
    }

    private string? ReadParameter(string parameter)
    {
        var equals = parameter.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0 || !TryDecode(parameter[(equals + 1)..], out var value))
        {
            return "is not of the form name=value.";
        }

        var name = parameter[..equals];
        return name.ToLowerInvariant() switch
        {
            "tls" => ReadTls(value),
            "auth" => ReadAuth(value),
            "hello" => Set(() => Options.HelloName = value),
            "connections" => ReadConnections(value),
            "allowcleartextcredentials" => ReadAllow(value),
            _ => others is not null && others.TryAdd(name, value)
                ? null
                : "is not known, or given twice. Known are tls, auth, hello, connections and allowClearTextCredentials.",
        };
    }

    private string? ReadTls(string value)
    {
        SmtpSecurity? security = value.ToLowerInvariant() switch
        {
            "none" => SmtpSecurity.None,
            "auto" => SmtpSecurity.StartTlsWhenOffered,
            "required" => SmtpSecurity.StartTls,
            _ => null,
        };
        if (security is null || !_isPlainScheme)
        {
            return "tls must be none, auto or required, and goes with smtp:// only.";
        }

        Options.Security = security.Value;
        return null;
    }

    private string? ReadAuth(string value)
    {
        SmtpAuthentication? authentication = value.ToLowerInvariant() switch
        {
            "plain" => SmtpAuthentication.Plain,
            "login" => SmtpAuthentication.Login,
            "xoauth2" => SmtpAuthentication.XOAuth2,
            _ => null,
        };
        Options.Authentication = authentication ?? default;
        return authentication is null ? "auth must be plain, login or xoauth2." : null;
    }

    private string? ReadConnections(string value)
    {
        var isValid = TryNumber(value, 256, out var connections);
        Options.MaxConnections = isValid ? connections : Options.MaxConnections;
        return isValid ? null : "connections must be a number from 1 to 256.";
    }

    private string? ReadAllow(string value)
    {
        var isValid = bool.TryParse(value, out var allow);
        Options.AllowClearTextCredentials = allow;
        return isValid ? null : "allowClearTextCredentials must be true or false.";
    }

    // The token provider comes by code, so its absence is not this string's fault.
    private string? Check() => Options is { UserName: not null, Password: null, Authentication: SmtpAuthentication.Plain or SmtpAuthentication.Login }
        ? Problem("password", "is missing.")
        : null;

    private static string? Set(Action set)
    {
        set();
        return null;
    }

    private static bool TryNumber(string text, int max, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= 1 && number <= max;

    private static bool TryDecode(string text, out string decoded)
    {
        decoded = Uri.UnescapeDataString(text);
        for (var percent = text.IndexOf('%', StringComparison.Ordinal); percent >= 0; percent = text.IndexOf('%', percent + 1))
        {
            if (percent + 2 >= text.Length || !char.IsAsciiHexDigit(text[percent + 1]) || !char.IsAsciiHexDigit(text[percent + 2]))
            {
                return false;
            }
        }

        return !decoded.AsSpan().ContainsAny('\r', '\n', '\0');
    }

    private static string Problem(string part, string problem) => $"The {part} of the SMTP connection string {problem}";
}
