using System.Buffers;

namespace Messaging.Templates;

/// <summary>A compiled part. Safe for concurrent use.</summary>
public interface ICompiledTemplate
{
    /// <summary>Gets the names of the top-level variables that the template reads, for checks at start-up and editors.</summary>
    IReadOnlyCollection<string> Variables { get; }

    /// <summary>Renders as UTF-8.</summary>
    /// <exception cref="TemplateException">A variable is missing in strict mode, or a limit of length or time was reached.</exception>
    void Render(TemplateData data, in RenderContext context, IBufferWriter<byte> utf8);
}
