using System.Diagnostics.CodeAnalysis;
using HandlebarsDotNet;
using HandlebarsDotNet.IO;
using Messaging.Templates.Handlebars.Rendering;

namespace Messaging.Templates.Handlebars.Binding;

/// <summary>Writes what Handlebars prints itself: values at the end of a path.</summary>
internal sealed class ClosedFormatter : IFormatterProvider, IFormatter
{
    public bool TryCreateFormatter(Type type, [NotNullWhen(true)] out IFormatter? formatter)
    {
        formatter = this;
        return true;
    }

    public void Format<T>(T value, in EncodedTextWriter writer) => ValueText.Write(Utf8TextWriter.Current, value, !writer.SuppressEncoding);
}
