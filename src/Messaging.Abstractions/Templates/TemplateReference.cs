namespace Messaging.Templates;

/// <summary>Names a template and carries its data.</summary>
/// <param name="Code">The template's code, such as <c>booking_confirmed</c>.</param>
public sealed record TemplateReference(string Code)
{
    /// <summary>Gets the data.</summary>
    public TemplateData Data { get; init; } = TemplateData.Empty;

    /// <summary>Gets the version to use; <see langword="null"/> means the active one, which is then pinned.</summary>
    public int? Version { get; init; }
}
