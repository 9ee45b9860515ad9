namespace Messaging.Templates;

/// <summary>When something was looked up, and after how many changes of the sources.</summary>
internal readonly record struct TemplateStamp(long At, int Generation);
