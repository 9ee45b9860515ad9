using System.Globalization;

namespace Messaging.Channels.Email;

/// <summary>Sets options by the parameters of a connection string, or the settings of an account.</summary>
internal static class EmailParameters
{
    // Those of SMTP are listed for the sake of suggestions only.
    private static readonly string[] Known =
    [
        "from", "returnPath", "messageIdDomain", "maxMessageBytes", "maxRecipients", "notify", "pipelining", "chunking",
        "dkimDomain", "dkimSelector", "dkimKey", "dkimKeyPath", "tls", "auth", "hello", "connections", "allowClearTextCredentials",
    ];

    /// <returns>What is wrong and how to mend it; null when all is well.</returns>
    public static string? Apply(IReadOnlyDictionary<string, string> parameters, EmailOptions options)
    {
        foreach (var (name, value) in parameters)
        {
            if (Apply(name, value, options) is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    private static string? Apply(string name, string value, EmailOptions options) => name.ToLowerInvariant() switch
    {
        "from" => Set(options, value, static (o, v) => o.From = v),
        "returnpath" => Set(options, value, static (o, v) => o.ReturnPath = v),
        "messageiddomain" => Set(options, value, static (o, v) => o.MessageIdDomain = v),
        "maxmessagebytes" => Number("maxMessageBytes", value, out var bytes) ?? Set(options, bytes, static (o, v) => o.MaxMessageBytes = v),
        "maxrecipients" => Number("maxRecipients", value, out var count) ?? Set(options, count, static (o, v) => o.MaxRecipients = (int)Math.Min(v, int.MaxValue)),
        "notify" => Notify(value, options),
        "pipelining" => Switch("pipelining", value, out var on) ?? Set(options, on, static (o, v) => o.Smtp.Pipelining = v),
        "chunking" => Switch("chunking", value, out var on) ?? Set(options, on, static (o, v) => o.Smtp.Chunking = v),
        "dkimdomain" => Set(options, value, static (o, v) => (o.Dkim ??= new()).Domain = v),
        "dkimselector" => Set(options, value, static (o, v) => (o.Dkim ??= new()).Selector = v),
        "dkimkey" => Set(options, value, static (o, v) => (o.Dkim ??= new()).PrivateKey = v),
        "dkimkeypath" => Set(options, value, static (o, v) => (o.Dkim ??= new()).PrivateKeyPath = v),
        _ => Unknown(name),
    };

    private static string? Set<T>(EmailOptions options, T value, Action<EmailOptions, T> set)
    {
        set(options, value);
        return null;
    }

    private static string? Number(string name, string value, out long number) =>
        long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out number) ? null : $"{name} in the connection string must be a number.";

    private static string? Switch(string name, string value, out bool on)
    {
        on = value.Equals("on", StringComparison.OrdinalIgnoreCase) || value.Equals("true", StringComparison.OrdinalIgnoreCase);
        return on || value.Equals("off", StringComparison.OrdinalIgnoreCase) || value.Equals("false", StringComparison.OrdinalIgnoreCase)
            ? null
            : $"{name} in the connection string must be on or off.";
    }

    private static string? Notify(string value, EmailOptions options)
    {
        var isKnown = Enum.TryParse<DsnNotify>(value, ignoreCase: true, out var notify) && !value.Any(char.IsAsciiDigit);
        options.Notify = isKnown ? notify : options.Notify;
        return isKnown ? null : "notify in the connection string must be never, or some of success, failure and delay separated by commas.";
    }

    // A part of a password with & or = in it lands here too, so a name is repeated only when it is nearly one that exists.
    private static string Unknown(string name)
    {
        var near = Known.MinBy(known => Distance(name, known))!;
        return Distance(name, near) <= 2
            ? $"The connection string has an unknown parameter. Did you mean {near}?"
            : $"The connection string has an unknown parameter. Known are {string.Join(", ", Known)}. "
                + "If the password contains ? or &, write it percent-encoded.";
    }

    private static int Distance(string left, string right)
    {
        var costs = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 0; i < left.Length; i++)
        {
            var diagonal = costs[0]++;
            for (var j = 0; j < right.Length; j++)
            {
                var same = char.ToLowerInvariant(left[i]) == char.ToLowerInvariant(right[j]);
                var cost = Math.Min(Math.Min(costs[j], costs[j + 1]) + 1, diagonal + (same ? 0 : 1));
                (diagonal, costs[j + 1]) = (costs[j + 1], cost);
            }
        }

        return costs[^1];
    }
}
