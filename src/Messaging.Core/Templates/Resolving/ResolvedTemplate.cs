using System.Buffers;

namespace Messaging.Templates;

/// <inheritdoc cref="IResolvedTemplate"/>
internal sealed class ResolvedTemplate(
    TemplateVersion version, PartialSet partials, TemplateOptions options, string suiteLocale, ICompiledTemplate? subject, ICompiledTemplate? text, ICompiledTemplate? html) : IResolvedTemplate
{
    public TemplateVersion Version => version;

    public IReadOnlyCollection<string> Variables { get; } =
        [.. new[] { subject, text, html }.SelectMany(part => part?.Variables ?? []).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Returns whether it was made of just this, so that it need not be made again.</summary>
    public bool IsMadeOf(TemplateVersion otherVersion, PartialSet otherPartials, TemplateOptions otherOptions) =>
        ReferenceEquals(partials, otherPartials) && ReferenceEquals(options, otherOptions) && version == otherVersion;

    public RenderedLengths Render(TemplateData data, string? locale, TimeZoneInfo timeZone, ArrayBufferWriter<byte> utf8)
    {
        var context = new RenderContext(LocaleChain.Culture(locale, version.Locale, suiteLocale), timeZone);
        return new RenderedLengths(
            Render(subject, data, context, utf8),
            Render(text, data, context, utf8),
            Render(html, data, context, utf8));
    }

    private static int Render(ICompiledTemplate? part, TemplateData data, in RenderContext context, ArrayBufferWriter<byte> utf8)
    {
        var start = utf8.WrittenCount;
        part?.Render(data, context, utf8);
        return utf8.WrittenCount - start;
    }
}
