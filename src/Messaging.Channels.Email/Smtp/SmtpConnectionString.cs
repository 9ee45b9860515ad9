using System.Diagnostics.CodeAnalysis;

namespace Messaging.Channels.Email;

/// <summary>
/// Reads <c>smtp://user:secret@mail.example.com:587?connections=4</c>. The schemes are <c>smtp</c> (clear text; with a user name
/// STARTTLS is required), <c>smtp+starttls</c> (STARTTLS, or no connection) and <c>smtps</c> (TLS from the start). User name and
/// password are percent-encoded where they contain <c>% : @ / ? #</c>.
/// </summary>
/// <remarks>
/// Parameters: <c>tls=none|auto|required</c> (for <c>smtp</c>), <c>auth=plain|login|xoauth2</c>, <c>hello=name</c>,
/// <c>connections=8</c>, <c>allowClearTextCredentials=true</c>. They set the property of <see cref="SmtpOptions"/> of that meaning.
/// </remarks>
public static class SmtpConnectionString
{
    /// <summary>Reads a connection string.</summary>
    /// <exception cref="FormatException">It is not valid; the text names the part and the fix, and shows nothing of what was given.</exception>
    public static SmtpOptions Parse(string connectionString)
    {
        ArgumentNullException.ThrowIfNull(connectionString);
        return TryParse(connectionString, null, out var options, out var problem) ? options : throw new FormatException(problem);
    }

    /// <summary>Reads a connection string that may carry parameters for somebody else.</summary>
    /// <param name="connectionString">The connection string.</param>
    /// <param name="others">Receives the parameters not known here, decoded; null to refuse them.</param>
    /// <param name="options">The options.</param>
    /// <param name="problem">What is wrong, and the fix; shows nothing of what was given.</param>
    public static bool TryParse(
        string? connectionString,
        IDictionary<string, string>? others,
        [NotNullWhen(true)] out SmtpOptions? options,
        [NotNullWhen(false)] out string? problem)
    {
        var parser = new SmtpConnectionStringParser(others);
        problem = parser.Read(connectionString ?? "");
        options = problem is null ? parser.Options : null;
        return options is not null;
    }
}
