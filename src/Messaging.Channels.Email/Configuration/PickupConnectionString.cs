namespace Messaging.Channels.Email;

/// <summary>Reads <c>pickup:///var/mail/outgoing?from=salon@example.com</c>; <c>pickup:mails</c> is below the working directory.</summary>
internal static class PickupConnectionString
{
    private const string Problem = "must be percent-encoded where it contains % ? or #.";

    public static string? Apply(string text, Dictionary<string, string> parameters, EmailOptions options)
    {
        var rest = text["pickup:".Length..];
        var question = rest.IndexOf('?', StringComparison.Ordinal);
        var path = Uri.UnescapeDataString(question < 0 ? rest : rest[..question]);
        path = path.StartsWith("//", StringComparison.Ordinal) ? path[2..] : path;
        path = OperatingSystem.IsWindows() && path is ['/', _, ':', ..] ? path[1..] : path;
        if (string.IsNullOrWhiteSpace(path) || path.Contains('\0', StringComparison.Ordinal))
        {
            return "The connection string names no directory. Write pickup:///directory, or pickup:directory for one below the working directory.";
        }

        options.PickupDirectory = path;
        return question < 0 ? null : ReadParameters(rest[(question + 1)..], parameters);
    }

    private static string? ReadParameters(string query, Dictionary<string, string> parameters)
    {
        foreach (var parameter in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = parameter.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                return "A parameter of the connection string is not of the form name=value. The directory " + Problem;
            }

            var value = Uri.UnescapeDataString(parameter[(equals + 1)..]);
            if (HeaderText.HasBreak(value) || !parameters.TryAdd(parameter[..equals], value))
            {
                return "A parameter of the connection string is given twice, or holds a line break.";
            }
        }

        return null;
    }
}
