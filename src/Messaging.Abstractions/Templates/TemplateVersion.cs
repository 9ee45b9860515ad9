namespace Messaging.Templates;

/// <summary>One immutable version of a template for one kind and locale.</summary>
public sealed record TemplateVersion
{
    /// <summary>The locale that answers when no closer one does.</summary>
    public const string DefaultLocale = "default";

    /// <summary>The kind of a partial, kept as a template: its code is the name by which templates include it.</summary>
    public const string PartialKind = "partial";

    /// <summary>The kind of a layout, kept as a template.</summary>
    public const string LayoutKind = "layout";

    /// <summary>Gets the owner; <see langword="null"/> for the set that all tenants share.</summary>
    public TenantId? Tenant { get; init; }

    /// <summary>Gets the code, such as <c>booking_confirmed</c>.</summary>
    public required string Code { get; init; }

    /// <summary>Gets the kind it is written for; see <see cref="ChannelKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>Gets the BCP 47 locale, or <see cref="DefaultLocale"/>.</summary>
    public string Locale { get; init; } = DefaultLocale;

    /// <summary>Gets the number: 1 for the first; every change makes the next one.</summary>
    /// <remarks>Files and code have no history: their number is made of their content, so that a pinned one is not mistaken for another.</remarks>
    public int Version { get; init; } = 1;

    /// <summary>Gets the subject's source.</summary>
    public string? Subject { get; init; }

    /// <summary>Gets the plain text's source.</summary>
    public string? Text { get; init; }

    /// <summary>Gets the html's source.</summary>
    public string? Html { get; init; }

    /// <summary>Gets the name of the layout that surrounds text and html.</summary>
    /// <value><see langword="null"/> means the one that has the name of the kind, if there is one; <see cref="TemplateFiles.NoLayout"/> means none.</value>
    public string? Layout { get; init; }

    /// <summary>Gets the category that a list groups it under; <see langword="null"/> for none.</summary>
    public string? Category { get; init; }
}
