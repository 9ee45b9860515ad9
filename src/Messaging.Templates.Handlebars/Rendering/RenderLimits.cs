namespace Messaging.Templates.Handlebars.Rendering;

/// <summary>What one rendering may use, and how its errors name the template.</summary>
internal sealed class RenderLimits(TemplateSource source, bool usesLoopNames, TimeProvider time)
{
    private readonly long _ticks = (long)(source.MaxRenderTime.TotalSeconds * time.TimestampFrequency);

    public bool Strict { get; } = source.Strict;

    public bool IsHtml { get; } = source.Part == TemplatePart.Html;

    /// <summary>Gets a value indicating whether a loop must keep <c>@index</c> and its like: half of what a loop costs.</summary>
    public bool UsesLoopNames { get; } = usesLoopNames;

    public int MaxBytes { get; } = source.MaxOutputBytes;

    /// <summary>Returns the timestamp at which a rendering that runs now has taken too long.</summary>
    public long Deadline() => time.GetTimestamp() + _ticks;

    public void CheckDeadline(long deadline)
    {
        if (time.GetTimestamp() > deadline)
        {
            throw Error($"Rendering took longer than the {source.MaxRenderTime.TotalSeconds:0.###} s allowed (MaxRenderTime). Make loops smaller.");
        }
    }

    public TemplateException TooLong() =>
        Error($"The output is longer than the {MaxBytes} bytes allowed (MaxOutputBytes). Make loops or data smaller.");

    public TemplateException Missing(string variable) => new(
        source.Code, source.Locale, source.Part, $"The variable '{variable}' is missing. Give it in the data, or test it with {{{{#if {variable}}}}}.")
    {
        Variable = variable,
    };

    public TemplateException Error(string problem, Exception? inner = null) => new(source.Code, source.Locale, source.Part, problem, inner);
}
