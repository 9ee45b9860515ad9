namespace Messaging.Channels.Email;

/// <summary>What nearly every address is: such a one needs no parser and no allocation, and the string that came in goes out.</summary>
internal static class SimpleAddress
{
    public static bool Is(string text)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        if (at < 1 || !LocalPart.IsSimple(text.AsSpan(0, at)))
        {
            return false;
        }

        var domain = text.AsSpan(at + 1);
        if (domain.Length is 0 or > 63 || domain[0] is '-' or '.' || domain[^1] is '-' or '.')
        {
            return false;
        }

        for (var i = 0; i < domain.Length; i++)
        {
            if (!(char.IsAsciiLetterLower(domain[i]) || char.IsAsciiDigit(domain[i])
                || (domain[i] is '.' or '-' && domain[i - 1] is not ('.' or '-') && domain[i + 1] is not ('.' or '-'))))
            {
                return false;
            }
        }

        return true;
    }
}
