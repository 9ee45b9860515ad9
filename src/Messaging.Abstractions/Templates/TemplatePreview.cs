namespace Messaging.Templates;

/// <summary>What a recipient would get.</summary>
/// <param name="Version">The version that was rendered, with the locale that the chain found.</param>
/// <param name="Content">The rendered parts.</param>
/// <param name="Variables">The variables that the template reads.</param>
public sealed record TemplatePreview(TemplateVersion Version, MessageContent Content, IReadOnlyCollection<string> Variables);
