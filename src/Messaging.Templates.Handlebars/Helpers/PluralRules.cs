namespace Messaging.Templates.Handlebars.Helpers;

/// <summary>The plural rules of Unicode CLDR for cardinal numbers, for the languages that do not simply tell one from many.</summary>
internal static class PluralRules
{
    /// <summary>Returns the place of the form among those that the language has.</summary>
    public static int Form(string language, decimal number)
    {
        var whole = number == decimal.Truncate(number);
        var n = whole && Math.Abs(number) < long.MaxValue ? (long)Math.Abs(number) : 0;
        var tens = n % 100;
        var ones = n % 10;
        var few = ones is >= 2 and <= 4 && tens is not (>= 12 and <= 14);
        return language switch
        {
            "ja" or "zh" or "ko" or "vi" or "th" or "id" or "ms" or "lo" or "km" or "my" => 0,
            "pl" => !whole ? 3 : n == 1 ? 0 : few ? 1 : 2,
            "ru" or "uk" or "be" => !whole ? 3 : ones == 1 && tens != 11 ? 0 : few ? 1 : 2,
            "sr" or "hr" or "bs" => !whole ? 2 : ones == 1 && tens != 11 ? 0 : few ? 1 : 2,
            "cs" or "sk" => !whole ? 2 : n == 1 ? 0 : n is >= 2 and <= 4 ? 1 : 3,
            "lt" => !whole ? 2 : tens is >= 11 and <= 19 ? 3 : ones == 1 ? 0 : ones >= 2 ? 1 : 3,
            "sl" => !whole ? 2 : tens switch { 1 => 0, 2 => 1, 3 or 4 => 2, _ => 3 },
            "ro" => !whole ? 1 : n == 1 ? 0 : n == 0 || tens is >= 1 and <= 19 ? 1 : 2,
            "ar" => !whole ? 5 : n switch { 0 => 0, 1 => 1, 2 => 2, _ => tens is >= 3 and <= 10 ? 3 : tens >= 11 ? 4 : 5 },
            "fr" or "pt" or "hy" => Math.Abs(number) < 2 ? 0 : 1,
            _ => number == 1 ? 0 : 1,
        };
    }
}
