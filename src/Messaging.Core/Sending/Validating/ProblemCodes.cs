namespace Messaging;

/// <summary>The codes of <see cref="RequestProblem"/>s that the suite itself finds. Codes never change once released; new ones may come.</summary>
public static class ProblemCodes
{
    /// <summary>Something that must be there is not.</summary>
    public const string Required = "required";

    /// <summary>Two things are given of which only one may be.</summary>
    public const string Ambiguous = "ambiguous";

    /// <summary>A text is longer, or a list has more entries, than allowed.</summary>
    public const string TooLong = "too_long";

    /// <summary>A content, an attachment or the metadata has more bytes than allowed.</summary>
    public const string TooLarge = "too_large";

    /// <summary>A header, or what goes into one, holds a line break or another control character.</summary>
    public const string LineBreak = "line_break";

    /// <summary>The value is not in the form that the field asks for.</summary>
    public const string InvalidValue = "invalid_value";

    /// <summary>An address or mailbox is malformed.</summary>
    public const string InvalidAddress = "invalid_address";

    /// <summary>The same recipient stands there twice.</summary>
    public const string DuplicateRecipient = "duplicate_recipient";

    /// <summary>The recipient has no address of the kind.</summary>
    public const string NoAddress = "no_address";

    /// <summary>The directory knows no such contact.</summary>
    public const string UnknownContact = "unknown_contact";

    /// <summary>No account, group or kind has that name.</summary>
    public const string UnknownChannel = "unknown_channel";

    /// <summary>No route has that name.</summary>
    public const string UnknownRoute = "unknown_route";

    /// <summary>There is no such template, or none for the kind and locale.</summary>
    public const string UnknownTemplate = "unknown_template";

    /// <summary>The locale is not known.</summary>
    public const string UnknownLocale = "unknown_locale";

    /// <summary>The time zone is not known.</summary>
    public const string UnknownTimeZone = "unknown_time_zone";

    /// <summary>No attachment source has that name.</summary>
    public const string UnknownSource = "unknown_source";

    /// <summary>The data lacks a variable that the template reads.</summary>
    public const string MissingVariable = "missing_variable";

    /// <summary>The template does not compile, or cannot be rendered with the data.</summary>
    public const string RenderFailed = "render_failed";

    /// <summary>The instant lies in the past.</summary>
    public const string InPast = "in_past";

    /// <summary>The instant lies further ahead than allowed.</summary>
    public const string TooFarAhead = "too_far_ahead";

    /// <summary>The message would expire before it is sent.</summary>
    public const string ExpiresTooEarly = "expires_too_early";

    /// <summary>The channel cannot carry it.</summary>
    public const string NotSupported = "not_supported";

    /// <summary>The type of the attachment is not allowed.</summary>
    public const string BlockedType = "blocked_type";

    /// <summary>The request names another tenant than the hub's, or none where one is required.</summary>
    public const string Tenant = "tenant";
}
