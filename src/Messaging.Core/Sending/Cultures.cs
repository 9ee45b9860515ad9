using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Messaging.Sending;

/// <summary>Looks up locales and time zones by name, and remembers: the framework's own look-ups take locks and throw.</summary>
internal static class Cultures
{
    /// <summary>Names come from requests, so what is remembered has a bound.</summary>
    private const int Bound = 2_000;

    private static readonly ConcurrentDictionary<string, CultureInfo?> Known = new(StringComparer.OrdinalIgnoreCase);
    private static readonly ConcurrentDictionary<string, TimeZoneInfo?> Zones = new(StringComparer.Ordinal);

    /// <summary>Returns whether the framework has data for the locale.</summary>
    public static bool IsKnown([NotNullWhen(true)] string? locale) => Find(locale) is not null;

    /// <summary>Returns the culture of a locale, or <see langword="null"/>.</summary>
    public static CultureInfo? Find(string? locale) =>
        string.IsNullOrEmpty(locale) ? null
        : Known.TryGetValue(locale, out var culture) ? culture
        : Remember(Known, locale, Read(locale));

    /// <summary>Returns the zone of an IANA name, or <see langword="null"/>.</summary>
    public static TimeZoneInfo? Zone(string? name) =>
        string.IsNullOrEmpty(name) ? null
        : Zones.TryGetValue(name, out var zone) ? zone
        : Remember(Zones, name, TimeZoneInfo.TryFindSystemTimeZoneById(name, out var found) ? found : null);

    private static T? Remember<T>(ConcurrentDictionary<string, T?> all, string name, T? value)
    {
        if (all.Count >= Bound)
        {
            all.Clear();
        }

        all[name] = value;
        return value;
    }

    private static CultureInfo? Read(string locale)
    {
        try
        {
            return CultureInfo.GetCultureInfo(locale, predefinedOnly: true);
        }
        catch (CultureNotFoundException)
        {
            return null;
        }
    }
}
