using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Messaging.Templates;

/// <summary>The data of a template: a closed, immutable, serialisable tree, so that a date or a decimal renders the same now and after a restart.</summary>
/// <remarks>
/// A value is <see langword="null"/>, <see cref="bool"/>, <see cref="long"/>, <see cref="decimal"/>, <see cref="double"/>, <see cref="string"/>,
/// <see cref="DateTimeOffset"/>, <see cref="DateTime"/> (no zone), <see cref="DateOnly"/>, <see cref="TimeOnly"/>, <see cref="TimeSpan"/>,
/// another <see cref="TemplateData"/>, or a <see cref="TemplateList"/>. <see cref="TemplateValues"/> brings other types into these.
/// </remarks>
public sealed class TemplateData : IReadOnlyDictionary<string, object?>
{
    private readonly object?[] _values;

    /// <summary>Initializes data over values already in the closed set; the array is not copied.</summary>
    internal TemplateData(TemplateShape shape, object?[] values) => (Shape, _values) = (shape, values);

    /// <summary>Gets data without variables.</summary>
    public static TemplateData Empty { get; } = new(new TemplateShape([]), []);

    /// <summary>Gets the names.</summary>
    public TemplateShape Shape { get; }

    /// <summary>Gets the values, in the order of the shape's names.</summary>
    public IReadOnlyList<object?> Values => _values;

    /// <inheritdoc/>
    public int Count => _values.Length;

    IEnumerable<string> IReadOnlyDictionary<string, object?>.Keys => Shape.Names;

    IEnumerable<object?> IReadOnlyDictionary<string, object?>.Values => _values;

    /// <inheritdoc/>
    public object? this[string key] => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException($"The template data has no variable '{key}'.");

    /// <summary>Makes data from names and values.</summary>
    /// <exception cref="ArgumentException">A value's type does not belong to the closed set and cannot be brought into it.</exception>
    public static TemplateData From(IEnumerable<KeyValuePair<string, object?>> variables)
    {
        ArgumentNullException.ThrowIfNull(variables);
        var pairs = variables.ToArray();
        return new TemplateData(
            TemplateShape.ForOne(Array.ConvertAll(pairs, static p => p.Key)), Array.ConvertAll(pairs, static p => TemplateValues.Normalize(p.Key, p.Value)));
    }

    /// <summary>Makes data of a known shape; for readers that make many.</summary>
    /// <exception cref="ArgumentException">The counts differ, or a value's type does not belong to the closed set.</exception>
    public static TemplateData From(TemplateShape shape, object?[] values)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(values);
        if (shape.Names.Count != values.Length)
        {
            throw new ArgumentException($"The shape has {shape.Names.Count} names and there are {values.Length} values.", nameof(values));
        }

        for (var i = 0; i < values.Length; i++)
        {
            values[i] = TemplateValues.Normalize(shape.Names[i], values[i]);
        }

        return new TemplateData(shape, values);
    }

    /// <summary>Returns data in which <paramref name="over"/> wins where both have a name.</summary>
    public TemplateData With(TemplateData over)
    {
        ArgumentNullException.ThrowIfNull(over);
        if (over.Count == 0 || Count == 0)
        {
            return Count == 0 ? over : this;
        }

        var merged = new Dictionary<string, object?>(this, StringComparer.Ordinal);
        foreach (var (name, value) in over)
        {
            merged[name] = value;
        }

        return new TemplateData(TemplateShape.ForOne([.. merged.Keys]), [.. merged.Values]);
    }

    /// <inheritdoc/>
    public bool ContainsKey(string key) => Shape.IndexOf(key) >= 0;

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out object? value)
    {
        var i = Shape.IndexOf(key);
        value = i < 0 ? null : _values[i];
        return i >= 0;
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
    {
        for (var i = 0; i < _values.Length; i++)
        {
            yield return KeyValuePair.Create(Shape.Names[i], _values[i]);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
