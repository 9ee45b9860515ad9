namespace Messaging.Templates.Handlebars;

/// <summary>A helper that the host registered.</summary>
internal sealed record HostHelperRegistration(string Name, TemplateHelper Helper);
