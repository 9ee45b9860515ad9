namespace Messaging.Templates;

/// <summary>A part of a template.</summary>
public enum TemplatePart
{
    /// <summary>The subject: one line of plain text.</summary>
    Subject,

    /// <summary>The plain text.</summary>
    Text,

    /// <summary>The html; values are escaped unless the template says otherwise.</summary>
    Html,
}
