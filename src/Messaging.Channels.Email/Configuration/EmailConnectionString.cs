namespace Messaging.Channels.Email;

/// <summary>Reads a connection string into options. Its errors name the part and never quote it: any part may be half a password.</summary>
internal static class EmailConnectionString
{
    /// <summary>Sets what the connection string names.</summary>
    /// <returns>What is wrong and how to mend it; null when all is well.</returns>
    public static string? Apply(string connectionString, EmailOptions options)
    {
        var parameters = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var problem = connectionString.StartsWith("pickup:", StringComparison.OrdinalIgnoreCase)
            ? PickupConnectionString.Apply(connectionString, parameters, options)
            : ApplySmtp(connectionString, parameters, options);
        return problem ?? EmailParameters.Apply(parameters, options);
    }

    private static string? ApplySmtp(string connectionString, Dictionary<string, string> parameters, EmailOptions options)
    {
        if (!connectionString.StartsWith("smtp", StringComparison.OrdinalIgnoreCase))
        {
            return "The scheme of the connection string must be smtp://, smtp+starttls://, smtps:// or pickup:///.";
        }

        if (!SmtpConnectionString.TryParse(connectionString, parameters, out var smtp, out var problem))
        {
            return problem;
        }

        options.PickupDirectory = null;
        Copy(smtp, options.Smtp);
        return null;
    }

    private static void Copy(SmtpOptions from, SmtpOptions to)
    {
        var usual = new SmtpOptions();
        (to.Host, to.Port, to.Security) = (from.Host, from.Port, from.Security);
        (to.UserName, to.Password) = (from.UserName ?? to.UserName, from.Password ?? to.Password);
        to.HelloName = from.HelloName ?? to.HelloName;
        to.Authentication = from.Authentication == usual.Authentication ? to.Authentication : from.Authentication;
        to.AllowClearTextCredentials |= from.AllowClearTextCredentials;
        to.MaxConnections = from.MaxConnections == usual.MaxConnections ? to.MaxConnections : from.MaxConnections;
    }
}
