namespace Messaging.Templates;

/// <summary>A template cannot be compiled or rendered. The text names template, locale and variable or place, and no data.</summary>
public sealed class TemplateException : Exception
{
    /// <summary>Initializes the exception.</summary>
    public TemplateException(string code, string locale, TemplatePart part, string problem, Exception? innerException = null)
        : base($"Template '{code}' ({locale}, {part.ToString().ToLowerInvariant()}): {problem}", innerException) =>
        (Code, Locale, Part) = (code, locale, part);

    /// <summary>Gets the template's code.</summary>
    public string Code { get; }

    /// <summary>Gets the locale.</summary>
    public string Locale { get; }

    /// <summary>Gets the part.</summary>
    public TemplatePart Part { get; }

    /// <summary>Gets the variable that is missing; <see langword="null"/> when something else is wrong.</summary>
    public string? Variable { get; init; }
}
