using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;
using Messaging.Templates;

namespace Messaging.Core.Fakes;

/// <summary>Prints <c>{Name}</c>, includes <c>{>partial}</c>, puts the part where a layout says <c>{body}</c>. A text with <c>{!</c> does not compile.</summary>
internal sealed partial class FakeTemplateEngine : ITemplateEngine
{
    /// <summary>Gets what was compiled, in order.</summary>
    public ConcurrentQueue<TemplateSource> Compiled { get; } = new();

    public ICompiledTemplate Compile(TemplateSource source)
    {
        Compiled.Enqueue(source);
        var text = source.Layout?.Replace("{body}", source.Text, StringComparison.Ordinal) ?? source.Text;
        text = Partial().Replace(text, match => source.Partials.GetValueOrDefault(match.Groups[1].Value)
            ?? throw new TemplateException(source.Code, source.Locale, source.Part, $"There is no partial '{match.Groups[1].Value}'."));
        return text.Contains("{!", StringComparison.Ordinal)
            ? throw new TemplateException(source.Code, source.Locale, source.Part, "It does not compile.")
            : new Template(source, text);
    }

    [GeneratedRegex(@"\{>(\w+)\}")]
    private static partial Regex Partial();

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Variable();

    private sealed class Template(TemplateSource source, string text) : ICompiledTemplate
    {
        public IReadOnlyCollection<string> Variables { get; } = [.. Variable().Matches(text).Select(m => m.Groups[1].Value).Distinct()];

        public void Render(TemplateData data, in RenderContext context, IBufferWriter<byte> utf8)
        {
            var culture = context.Culture;
            var zone = context.TimeZone;
            var rendered = Variable().Replace(text, match => match.Groups[1].Value switch
            {
                "culture" => culture.Name,
                "zone" => zone.Id,
                var name => data.TryGetValue(name, out var value) ? Convert.ToString(value, culture) ?? ""
                    : !source.Strict ? ""
                    : throw new TemplateException(source.Code, source.Locale, source.Part, $"'{name}' is missing.") { Variable = name },
            });
            utf8.Write(Encoding.UTF8.GetBytes(rendered));
        }
    }
}
