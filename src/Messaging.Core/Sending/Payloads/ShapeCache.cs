using System.Collections.Concurrent;
using Messaging.Templates;

namespace Messaging.Sending;

/// <summary>Shapes of stored data by their bytes, and of data laid over data: making one costs more than everything else in reading.</summary>
internal static class ShapeCache
{
    /// <summary>Shapes come from requests, so what is remembered has a bound.</summary>
    private const int Bound = 1_000;

    private static readonly ConcurrentDictionary<int, Entry> Shapes = new();
    private static readonly ConcurrentDictionary<(TemplateShape Under, TemplateShape Over), Merge> Merges = new();

    /// <summary>Returns the shape of a block of names.</summary>
    public static TemplateShape Get(int count, ReadOnlySpan<byte> names)
    {
        var hash = new HashCode();
        hash.AddBytes(names);
        var key = hash.ToHashCode();
        if (Shapes.TryGetValue(key, out var entry) && names.SequenceEqual(entry.Names))
        {
            return entry.Shape;
        }

        var shape = Read(count, names.ToArray());
        Remember(Shapes, key, new Entry(names.ToArray(), shape));
        return shape;
    }

    /// <summary>Returns data in which <paramref name="over"/> wins where both have a name.</summary>
    public static TemplateData Lay(TemplateData under, TemplateData over)
    {
        if (under.Count == 0 || over.Count == 0)
        {
            return under.Count == 0 ? over : under;
        }

        var key = (under.Shape, over.Shape);
        if (!Merges.TryGetValue(key, out var merge))
        {
            merge = Make(under.Shape, over.Shape);
            Remember(Merges, key, merge);
        }

        var values = new object?[merge.Shape.Names.Count];
        for (var i = 0; i < values.Length; i++)
        {
            var place = merge.Places[i];
            values[i] = place >= 0 ? over.Values[place] : under.Values[~place];
        }

        return TemplateData.From(merge.Shape, values);
    }

    private static Merge Make(TemplateShape under, TemplateShape over)
    {
        var names = new List<string>(under.Names);
        foreach (var name in over.Names)
        {
            if (under.IndexOf(name) < 0)
            {
                names.Add(name);
            }
        }

        var places = new int[names.Count];
        for (var i = 0; i < places.Length; i++)
        {
            var place = over.IndexOf(names[i]);
            places[i] = place >= 0 ? place : ~i;
        }

        return new Merge(new TemplateShape(names), places);
    }

    private static TemplateShape Read(int count, byte[] names)
    {
        var reader = new PayloadReader(names);
        var read = new string[count];
        for (var i = 0; i < count; i++)
        {
            read[i] = reader.Text();
        }

        return new TemplateShape(read);
    }

    private static void Remember<TKey, TValue>(ConcurrentDictionary<TKey, TValue> all, TKey key, TValue value)
        where TKey : notnull
    {
        if (all.Count >= Bound)
        {
            all.Clear();
        }

        all[key] = value;
    }

    private sealed record Entry(byte[] Names, TemplateShape Shape);

    /// <param name="Shape">The names of both.</param>
    /// <param name="Places">For each name its place above, or the complement of its place beneath.</param>
    private sealed record Merge(TemplateShape Shape, int[] Places);
}
