using System.Globalization;
using HandlebarsDotNet.MemberAccessors;
using HandlebarsDotNet.PathStructure;

namespace Messaging.Templates.Handlebars.Binding;

/// <summary>The only members that a template reaches: entries of template data and items of lists.</summary>
internal sealed class Members : IMemberAccessor
{
    public static Members Instance { get; } = new();

    public static bool TryGet(object? instance, string name, out object? value)
    {
        while (instance is ScopedData scoped)
        {
            if (scoped.Names.TryGetValue(name, out value))
            {
                return true;
            }

            instance = scoped.Inner;
        }

        switch (instance)
        {
            case TemplateData data:
                return data.TryGetValue(name, out value);
            case TemplateList list when name == "length":
                value = (long)list.Count;
                return true;
            case TemplateList list when int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var i) && i < list.Count:
                value = list[i];
                return true;
            default:
                value = null;
                return false;
        }
    }

    public bool TryGetValue(object instance, ChainSegment memberName, out object? value) => TryGet(instance, memberName.TrimmedValue, out value);
}
