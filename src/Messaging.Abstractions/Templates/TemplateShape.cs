using System.Collections.Frozen;

namespace Messaging.Templates;

/// <summary>The names that a set of <see cref="TemplateData"/> shares, made once per type.</summary>
public sealed class TemplateShape
{
    private readonly FrozenDictionary<string, int> _index;

    /// <summary>Initializes a shape.</summary>
    /// <exception cref="ArgumentException">A name occurs twice.</exception>
    public TemplateShape(IEnumerable<string> names)
    {
        Names = [.. names];
        _index = Names.Select((name, i) => KeyValuePair.Create(name, i)).ToFrozenDictionary(StringComparer.Ordinal);
        if (_index.Count != Names.Count)
        {
            throw new ArgumentException("A template's data has two variables of one name.", nameof(names));
        }
    }

    /// <summary>Gets the names, in the order of the values. Names are compared by ordinal.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Returns the place of a name, or -1.</summary>
    public int IndexOf(string name) => _index.TryGetValue(name, out var i) ? i : -1;

    /// <summary>Returns the place of a name without making a string of it, or -1.</summary>
    public int IndexOf(ReadOnlySpan<char> name) => _index.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var i) ? i : -1;
}
