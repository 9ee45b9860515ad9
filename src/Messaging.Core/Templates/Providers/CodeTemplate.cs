namespace Messaging.Templates;

/// <summary>A template that the host wrote in code.</summary>
internal sealed record CodeTemplate(TemplateVersion Template);
