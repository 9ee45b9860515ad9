using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using Messaging.Templates;

namespace Messaging.Sending;

/// <summary>An engine whose templates say <c>{Name}</c>.</summary>
internal sealed partial class BraceEngine : ITemplateEngine
{
    public ICompiledTemplate Compile(TemplateSource source) => new Compiled(source);

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Variable();

    private sealed class Compiled(TemplateSource source) : ICompiledTemplate
    {
        public IReadOnlyCollection<string> Variables { get; } = [.. Variable().Matches(source.Text).Select(m => m.Groups[1].Value).Distinct()];

        public void Render(TemplateData data, in RenderContext context, IBufferWriter<byte> utf8) =>
            utf8.Write(Encoding.UTF8.GetBytes(Variable().Replace(source.Text, m => data.TryGetValue(m.Groups[1].Value, out var value) ? $"{value}" : "")));
    }
}
