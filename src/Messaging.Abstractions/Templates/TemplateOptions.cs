namespace Messaging.Templates;

/// <summary>How templates are found, kept and rendered, whatever the engine.</summary>
public sealed class TemplateOptions
{
    /// <summary>Gets or sets a value indicating whether a missing variable is an error rather than nothing.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool Strict { get; set; } = true;

    /// <summary>Gets or sets the longest output of one part.</summary>
    /// <value>Between 1 KiB and 64 MiB; the default is 4 MiB.</value>
    public int MaxOutputBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>Gets or sets the longest time that rendering one part may take.</summary>
    /// <value>Between 10 ms and 1 min; the default is 5 s.</value>
    public TimeSpan MaxRenderTime { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets or sets how long a compiled template is used before its source is looked at again.</summary>
    /// <value>Between 1 s and 30 days; the default is 1 h.</value>
    public TimeSpan CacheFor { get; set; } = TimeSpan.FromSeconds(3600);

    /// <summary>Gets or sets how many compiled templates are kept; the longest unused go first.</summary>
    /// <value>Between 16 and 1,000,000; the default is 10,000.</value>
    public int CacheSize { get; set; } = 10_000;

    /// <summary>Gets or sets how many templates are compiled when the host starts.</summary>
    /// <value>0 or more; the default is 1,000. A template of a file or of code that does not compile stops the start.</value>
    public int WarmUp { get; set; } = 1_000;
}
