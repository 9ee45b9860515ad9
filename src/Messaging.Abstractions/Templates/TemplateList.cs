using System.Collections;

namespace Messaging.Templates;

/// <summary>A list in <see cref="TemplateData"/>; immutable.</summary>
public sealed class TemplateList : IReadOnlyList<object?>
{
    private readonly object?[] _items;

    internal TemplateList(object?[] items) => _items = items;

    /// <inheritdoc/>
    public int Count => _items.Length;

    /// <inheritdoc/>
    public object? this[int index] => _items[index];

    /// <inheritdoc/>
    public IEnumerator<object?> GetEnumerator() => ((IEnumerable<object?>)_items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
