namespace Messaging.Templates.Handlebars.Parsing;

/// <summary>One text that a template is made of: the part itself, its layout, or a partial.</summary>
/// <param name="Source">What is compiled, for error texts.</param>
/// <param name="Name">How an error text calls this text; <see langword="null"/> for the part itself.</param>
/// <param name="Text">The text.</param>
internal sealed record TemplateFile(TemplateSource Source, string? Name, string Text)
{
    /// <summary>Makes the exception for a place in this text.</summary>
    public TemplateException Error(int position, string problem)
    {
        var line = 1 + Text.AsSpan(0, Math.Min(position, Text.Length)).Count('\n');
        var place = Name is null ? $"line {line}" : $"{Name}, line {line}";
        return new TemplateException(Source.Code, Source.Locale, Source.Part, $"{place}: {problem}");
    }
}
