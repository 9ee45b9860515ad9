using Microsoft.Extensions.Options;

namespace Messaging.Channels;

internal sealed class CredentialProtectionOptionsValidator : IValidateOptions<CredentialProtectionOptions>
{
    public ValidateOptionsResult Validate(string? name, CredentialProtectionOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        List<string> problems = [];
        foreach (var (key, value) in options.Keys)
        {
            if (key.Length == 0 || !key.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            {
                problems.Add($"CredentialProtectionOptions.Keys: the name '{key}' may hold letters, digits, '-' and '_' only.");
            }

            if (!IsKey(value))
            {
                problems.Add($"CredentialProtectionOptions.Keys['{key}']: a key is 32 random bytes in Base64. Make one with: openssl rand -base64 32");
            }
        }

        if (options.CurrentKey is { } current && !options.Keys.ContainsKey(current))
        {
            problems.Add($"CredentialProtectionOptions.CurrentKey names '{current}', which is not among the keys: {string.Join(", ", options.Keys.Keys)}.");
        }

        if (options.CurrentKey is null && options.Keys.Count > 1)
        {
            problems.Add("CredentialProtectionOptions.CurrentKey: there are several keys; say which one protects from now on.");
        }

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static bool IsKey(string value)
    {
        Span<byte> bytes = stackalloc byte[33];
        return Convert.TryFromBase64String(value ?? "", bytes, out var written) && written == 32;
    }
}
