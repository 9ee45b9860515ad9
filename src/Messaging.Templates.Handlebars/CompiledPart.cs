using System.Buffers;
using HandlebarsDotNet;
using Messaging.Templates.Handlebars.Rendering;

namespace Messaging.Templates.Handlebars;

/// <summary>One compiled part.</summary>
internal sealed class CompiledPart(
    HandlebarsTemplate<TextWriter, object, object> template, RenderLimits limits, TemplatePart part, IReadOnlyCollection<string> variables) : ICompiledTemplate
{
    public IReadOnlyCollection<string> Variables => variables;

    public void Render(TemplateData data, in RenderContext context, IBufferWriter<byte> utf8)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(utf8);
        var writer = Utf8TextWriter.Begin(limits, context);
        try
        {
            template(writer, data, null!);
            Deliver(writer.Written, utf8);
        }
        catch (Exception exception) when (exception is not (TemplateException or OutOfMemoryException))
        {
            // The inner exception stays out: its text may quote data.
            throw limits.Error($"Rendering failed with {exception.GetType().Name}. Check the types of the data that helpers and loops get.");
        }
        finally
        {
            writer.End();
        }
    }

    private void Deliver(ReadOnlySpan<byte> written, IBufferWriter<byte> utf8)
    {
        var target = utf8.GetSpan(Math.Max(written.Length, 1));
        if (part == TemplatePart.Subject)
        {
            utf8.Advance(SubjectLine.Copy(written, target));
            return;
        }

        written.CopyTo(target);
        utf8.Advance(written.Length);
    }
}
