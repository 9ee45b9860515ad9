using Microsoft.Extensions.Options;

namespace Messaging.Templates;

/// <summary>Knows whether what was looked up still counts: for <see cref="TemplateOptions.CacheFor"/>, and until a source says that it changed.</summary>
internal sealed class TemplateClock
{
    private readonly IOptionsMonitor<TemplateOptions> _options;
    private readonly TimeProvider _time;
    private int _generation;
    private long _cacheFor;

    public TemplateClock(IOptionsMonitor<TemplateOptions> options, TimeProvider time)
    {
        (_options, _time) = (options, time);
        Read(options.CurrentValue);
        options.OnChange(Read);
    }

    public TemplateOptions Options => _options.CurrentValue;

    /// <summary>Returns the stamp of a look-up that begins now; what changes while it runs makes it stale.</summary>
    public TemplateStamp Stamp() => new(_time.GetTimestamp(), Volatile.Read(ref _generation));

    public bool IsFresh(TemplateStamp stamp) =>
        stamp.Generation == Volatile.Read(ref _generation) && _time.GetTimestamp() - stamp.At < Volatile.Read(ref _cacheFor);

    /// <summary>Returns whether no more than this much time went by, whatever changed meanwhile.</summary>
    public bool IsWithin(TemplateStamp stamp, TimeSpan time) => _time.GetElapsedTime(stamp.At) < time;

    /// <summary>Makes everything that was looked up stale.</summary>
    public void Change() => Interlocked.Increment(ref _generation);

    private void Read(TemplateOptions options)
    {
        Volatile.Write(ref _cacheFor, (long)(options.CacheFor.TotalSeconds * _time.TimestampFrequency));
        Change();
    }
}
