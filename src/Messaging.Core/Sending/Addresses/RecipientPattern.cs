namespace Messaging.Sending;

/// <summary>Reads the patterns of <see cref="MessagingOptions.AllowedRecipients"/>.</summary>
internal static class RecipientPattern
{
    public static bool IsValid(string? pattern) =>
        pattern is { Length: > 1 } && !pattern.AsSpan().ContainsAny(" \t\r\n") && pattern.AsSpan(0, pattern.Length - 1).IndexOf('*') < 0;

    public static bool IsMatch(string pattern, string address) =>
        pattern[0] == '@' ? address.EndsWith(pattern, StringComparison.OrdinalIgnoreCase)
        : pattern[^1] == '*' ? address.AsSpan().StartsWith(pattern.AsSpan(0, pattern.Length - 1), StringComparison.OrdinalIgnoreCase)
        : address.Equals(pattern, StringComparison.OrdinalIgnoreCase);
}
