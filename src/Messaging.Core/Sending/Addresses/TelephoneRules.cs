using System.Diagnostics.CodeAnalysis;
using Messaging.Channels;

namespace Messaging.Sending;

/// <summary>Telephone numbers in E.164 form: a plus sign, then 7 to 15 digits that begin with a country code.</summary>
/// <remarks>What people write between the digits is taken out: blanks, hyphens, dots, slashes and brackets.</remarks>
internal sealed class TelephoneRules(string kind) : IChannelRules
{
    private const string Problem = "The telephone number must be in E.164 form: a plus sign, the country code and the number, 7 to 15 digits in all, such as +48123456789.";

    public string Kind => kind;

    public bool TryNormalize(string address, [NotNullWhen(true)] out string? canonical, [NotNullWhen(false)] out string? problem)
    {
        canonical = IsCanonical(address) ? address : Clean(address);
        problem = canonical is null ? Problem : null;
        return canonical is not null;
    }

    public void Check(SendRequest request, ICollection<RequestProblem> problems)
    {
        // Whatever sender a provider takes (a number, a name, a short code) is the provider's to judge.
    }

    private static bool IsCanonical(ReadOnlySpan<char> number) =>
        number.Length is >= 8 and <= 16 && number[0] == '+' && number[1] is >= '1' and <= '9' && !number[1..].ContainsAnyExceptInRange('0', '9');

    private static string? Clean(string address)
    {
        Span<char> digits = stackalloc char[17];
        var length = 0;
        foreach (var c in address.AsSpan().Trim())
        {
            if (c is ' ' or '\u00A0' or '-' or '.' or '/' or '(' or ')')
            {
                continue;
            }

            if (length == digits.Length)
            {
                return null;
            }

            digits[length++] = c;
        }

        return IsCanonical(digits[..length]) ? new string(digits[..length]) : null;
    }
}
