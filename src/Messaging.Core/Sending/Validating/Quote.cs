namespace Messaging.Sending;

/// <summary>Quotes names in error texts: short, and on one line.</summary>
internal static class Quote
{
    private const int Most = 60;

    public static string Short(string text)
    {
        var cut = text.Length > Most ? text[..Most] + "…" : text;
        return RequestText.HasControl(cut) ? new string([.. cut.Select(c => char.IsControl(c) ? '?' : c)]) : cut;
    }

    /// <summary>Lists names, and the one that was probably meant.</summary>
    public static string Known(string wanted, IEnumerable<string> known)
    {
        var names = known.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var list = names.Count == 0 ? "none" : string.Join(", ", names.Take(20)) + (names.Count > 20 ? ", …" : "");
        return $"{Suggest(wanted, names)}Registered: {list}.";
    }

    /// <summary>Names the one that was probably meant; empty when none comes near.</summary>
    public static string Suggest(string wanted, IEnumerable<string> known)
    {
        var closest = known.Select(name => (Name: name, Distance: EditDistance.Between(wanted, name)))
            .Where(candidate => candidate.Distance <= Math.Max(2, wanted.Length / 3))
            .OrderBy(candidate => candidate.Distance)
            .Select(candidate => candidate.Name)
            .FirstOrDefault();
        return closest is null ? "" : $"Did you mean '{closest}'? ";
    }
}
