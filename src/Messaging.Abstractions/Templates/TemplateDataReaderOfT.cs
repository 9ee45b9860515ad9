namespace Messaging.Templates;

/// <summary>Turns a host's type into <see cref="TemplateData"/>. Immutable and safe for concurrent use.</summary>
public sealed class TemplateDataReader<T>
    where T : notnull
{
    private readonly TemplateShape _shape;
    private readonly Func<object, object?>[] _getters;

    internal TemplateDataReader(IEnumerable<string> names, Func<object, object?>[] getters)
    {
        _shape = new TemplateShape(names);
        _getters = getters;
    }

    /// <summary>Gets the names of the variables.</summary>
    public IReadOnlyList<string> Names => _shape.Names;

    /// <summary>Reads every variable.</summary>
    /// <exception cref="ArgumentException">A value's type does not belong to the closed set; the text names the variable.</exception>
    public TemplateData Read(T data)
    {
        object boxed = data;
        var values = new object?[_getters.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = TemplateValues.Normalize(_shape.Names[i], _getters[i](boxed));
        }

        return new TemplateData(_shape, values);
    }
}
