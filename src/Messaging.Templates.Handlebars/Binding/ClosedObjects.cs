using System.Diagnostics.CodeAnalysis;
using HandlebarsDotNet.ObjectDescriptors;

namespace Messaging.Templates.Handlebars.Binding;

/// <summary>Tells Handlebars about the types of template data, and that every other type has no members: it must not look by reflection.</summary>
internal sealed class ClosedObjects : IObjectDescriptorProvider
{
    private static readonly ObjectDescriptor Descriptor =
        new(typeof(object), Members.Instance, static (_, _) => Array.Empty<object>(), static _ => Loop.Instance);

    public bool TryGetDescriptor(Type type, [NotNullWhen(true)] out ObjectDescriptor? value)
    {
        value = Descriptor;
        return true;
    }
}
