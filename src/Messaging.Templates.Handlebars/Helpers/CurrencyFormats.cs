using System.Collections.Concurrent;
using System.Globalization;

namespace Messaging.Templates.Handlebars.Helpers;

/// <summary>How cultures write currencies, theirs and others'.</summary>
internal static class CurrencyFormats
{
    /// <summary>There are 180 currencies and hundreds of cultures; a host uses few of each, and nobody can fill the memory with the rest.</summary>
    private const int Bound = 2_000;

    private static readonly ConcurrentDictionary<(string Culture, string Currency), NumberFormatInfo> Known = new();

    public static NumberFormatInfo For(CultureInfo culture, string currency)
    {
        var key = (culture.Name, currency);
        if (Known.TryGetValue(key, out var format))
        {
            return format;
        }

        if (Known.Count >= Bound)
        {
            Known.Clear();
        }

        return Known[key] = Make(culture, currency);
    }

    private static NumberFormatInfo Make(CultureInfo culture, string currency)
    {
        var specific = culture.IsNeutralCulture ? CultureInfo.CreateSpecificCulture(culture.Name) : culture;
        var format = (NumberFormatInfo)specific.NumberFormat.Clone();
        if (!IsOwn(specific, currency))
        {
            format.CurrencySymbol = Symbol(currency);
            format.CurrencyDecimalDigits = Digits(currency);
        }

        return format;
    }

    private static bool IsOwn(CultureInfo culture, string currency)
    {
        try
        {
            return culture.Name.Length > 0 && new RegionInfo(culture.Name).ISOCurrencySymbol == currency;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>Signs that mean one currency only; a dollar sign abroad would not say whose dollars.</summary>
    private static string Symbol(string currency) => currency switch
    {
        "EUR" => "€",
        "GBP" => "£",
        _ => currency,
    };

    private static int Digits(string currency) => currency switch
    {
        "BIF" or "CLP" or "DJF" or "GNF" or "ISK" or "JPY" or "KMF" or "KRW" or "PYG" or "RWF" or "UGX" or "VND" or "VUV" or "XAF" or "XOF" or "XPF" => 0,
        "BHD" or "IQD" or "JOD" or "KWD" or "LYD" or "OMR" or "TND" => 3,
        _ => 2,
    };
}
