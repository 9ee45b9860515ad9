using System.ComponentModel.DataAnnotations;

namespace Messaging.Gates;

/// <summary>When recipients are left in peace, by the clock where they live.</summary>
/// <remarks>
/// Where clocks are put forward over an end of the window, it ends (or begins) at the change. Where they are put back over one, the window
/// reaches from its first beginning to its last end, so that nobody is woken between two passes of the same hour.
/// </remarks>
public sealed class QuietHoursOptions
{
    /// <summary>Gets or sets when it begins.</summary>
    /// <value>The default is 21:00.</value>
    public TimeOnly From { get; set; } = new(21, 0);

    /// <summary>Gets or sets when it ends; earlier than <see cref="From"/> means the next day.</summary>
    /// <value>The default is 08:00; not the same as <see cref="From"/>.</value>
    public TimeOnly To { get; set; } = new(8, 0);

    /// <summary>Gets or sets the IANA time zone of recipients of whom nobody knows one, not even their tenant or the suite's options.</summary>
    /// <value>The default is <c>UTC</c>.</value>
    [Required]
    public string TimeZone { get; set; } = "UTC";

    /// <summary>Gets the categories that may come at night.</summary>
    /// <value>The default is <c>transactional</c>.</value>
    public ISet<string> Bypass { get; } = new HashSet<string>(StringComparer.Ordinal) { Categories.Transactional };

    /// <summary>Gets or sets whether <see cref="MessagePriority.Critical"/> messages may come at night.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool CriticalBypasses { get; set; } = true;

    /// <summary>Gets the kinds that make a noise; empty means all.</summary>
    public ISet<string> Kinds { get; } = new HashSet<string>(StringComparer.Ordinal);
}
