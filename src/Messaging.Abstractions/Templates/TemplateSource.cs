namespace Messaging.Templates;

/// <summary>What an engine compiles: one part of one version, with everything it may include.</summary>
public sealed record TemplateSource
{
    /// <summary>Gets the template's code, for error texts.</summary>
    public required string Code { get; init; }

    /// <summary>Gets the locale, for error texts.</summary>
    public required string Locale { get; init; }

    /// <summary>Gets the part. Values are html-escaped in <see cref="TemplatePart.Html"/> only.</summary>
    public required TemplatePart Part { get; init; }

    /// <summary>Gets the source text.</summary>
    public required string Text { get; init; }

    /// <summary>Gets the source of the layout; the engine puts the rendered part where the layout asks for its body.</summary>
    public string? Layout { get; init; }

    /// <summary>Gets the sources of the partials by name. An engine must not look anywhere else.</summary>
    public IReadOnlyDictionary<string, string> Partials { get; init; } = EmptyMetadata.Instance;

    /// <summary>Gets a value indicating whether a missing variable is an error rather than nothing.</summary>
    public bool Strict { get; init; } = true;

    /// <summary>Gets the longest output, in bytes.</summary>
    /// <value>The default is 4 MiB.</value>
    public int MaxOutputBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>Gets the longest time that one rendering may take.</summary>
    /// <value>The default is 5 s.</value>
    public TimeSpan MaxRenderTime { get; init; } = TimeSpan.FromSeconds(5);
}
