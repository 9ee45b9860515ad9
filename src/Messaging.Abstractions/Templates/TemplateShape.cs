using System.Collections.Frozen;

namespace Messaging.Templates;

/// <summary>The names that a set of <see cref="TemplateData"/> shares, made once per type.</summary>
public sealed class TemplateShape
{
    /// <summary>Up to here, comparing names one by one is as fast as a table, and there is none to make.</summary>
    private const int Few = 8;

    private readonly string[] _names;
    private readonly IReadOnlyDictionary<string, int>? _index;

    /// <summary>Initializes a shape that is used again and again: slow to make, fast to look up in.</summary>
    /// <exception cref="ArgumentException">A name occurs twice.</exception>
    public TemplateShape(IEnumerable<string> names)
    {
        _names = [.. names];
        _index = MakeIndex(_names).ToFrozenDictionary(StringComparer.Ordinal);
    }

    private TemplateShape(string[] names)
    {
        _names = names;
        if (names.Length > Few)
        {
            _index = MakeIndex(names);
        }
        else
        {
            ThrowIfTwice(names);
        }
    }

    /// <summary>Gets the names, in the order of the values. Names are compared by ordinal.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>Returns the place of a name, or -1.</summary>
    public int IndexOf(string name) =>
        _index is FrozenDictionary<string, int> frozen ? (frozen.TryGetValue(name, out var i) ? i : -1)
        : _index is null ? Array.IndexOf(_names, name)
        : _index.TryGetValue(name, out var j) ? j : -1;

    /// <summary>Returns the place of a name without making a string of it, or -1.</summary>
    public int IndexOf(ReadOnlySpan<char> name)
    {
        if (_index is FrozenDictionary<string, int> frozen)
        {
            return frozen.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var i) ? i : -1;
        }

        for (var i = 0; i < _names.Length; i++)
        {
            if (name.SequenceEqual(_names[i]))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Makes a shape for one piece of data: fast to make.</summary>
    internal static TemplateShape ForOne(string[] names) => new(names);

    private static Dictionary<string, int> MakeIndex(string[] names)
    {
        var index = new Dictionary<string, int>(names.Length, StringComparer.Ordinal);
        for (var i = 0; i < names.Length; i++)
        {
            if (!index.TryAdd(names[i], i))
            {
                throw Twice(names[i]);
            }
        }

        return index;
    }

    private static void ThrowIfTwice(string[] names)
    {
        for (var i = 1; i < names.Length; i++)
        {
            if (Array.IndexOf(names, names[i], 0, i) >= 0)
            {
                throw Twice(names[i]);
            }
        }
    }

    private static ArgumentException Twice(string name) => new($"A template's data has two variables of the name '{name}'.", nameof(name));
}
