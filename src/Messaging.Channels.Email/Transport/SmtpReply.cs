namespace Messaging.Channels.Email;

/// <summary>One reply of a mail server (RFC 5321 §4.2).</summary>
/// <param name="Code">The three digits.</param>
/// <param name="EnhancedCode">The enhanced code (RFC 3463), when the server offers them and it fits the reply's class.</param>
/// <param name="Text">The text of all lines in one, at most 200 characters, with addresses taken out.</param>
public sealed record SmtpReply(int Code, EnhancedStatusCode? EnhancedCode, string Text)
{
    /// <summary>Gets whether the server agreed (2xx).</summary>
    public bool IsPositive => Code is >= 200 and < 300;

    /// <summary>Gets whether the same command may succeed later (4xx).</summary>
    public bool IsTransient => Code is >= 400 and < 500;

    /// <summary>Gets whether repeating the same command is pointless (5xx).</summary>
    public bool IsPermanent => Code is >= 500 and < 600;

    /// <inheritdoc/>
    public override string ToString() => EnhancedCode is { } enhanced ? $"{Code} {enhanced} {Text}" : $"{Code} {Text}";
}
