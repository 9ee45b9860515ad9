namespace Messaging.Storage.Memory;

/// <summary>Says how long what is kept, by its class. In ticks.</summary>
internal sealed class Retention
{
    private readonly Names _names;
    private readonly MemoryStoreOptions _options;

    /// <summary>By the number of a category; 0 while nobody asked.</summary>
    private long[] _ofCategory = new long[16];

    public Retention(MemoryStoreOptions options, Names names)
    {
        (_options, _names) = (options, names);
        OfContents = options.KeepContentsFor?.Ticks ?? long.MaxValue;
        Shortest = Math.Min(
            Math.Min(options.KeepHistoryFor.Ticks, OfContents),
            Math.Min(options.KeepDeadLettersFor?.Ticks ?? long.MaxValue, options.KeepCategoriesFor.Values.Select(time => time.Ticks).Append(long.MaxValue).Min()));
    }

    /// <summary>Gets how long contents are kept, if no longer than the delivery; <see cref="long.MaxValue"/> for as long as that.</summary>
    public long OfContents { get; }

    /// <summary>Gets what nothing is forgotten before.</summary>
    public long Shortest { get; }

    /// <summary>Returns how long a delivery is kept: a dead letter as such, others by their category.</summary>
    public long Of(in DeliveryRow delivery, in MessageRow message) =>
        delivery.Has(DeliveryFlags.DeadLetter) && _options.KeepDeadLettersFor is { } deadLetters ? deadLetters.Ticks : Of(message);

    public long Of(in MessageRow message)
    {
        if (message.Category >= _ofCategory.Length)
        {
            Array.Resize(ref _ofCategory, Math.Max(message.Category + 1, _ofCategory.Length * 2));
        }

        ref var known = ref _ofCategory[message.Category];
        return known != 0 ? known : known = (_options.KeepCategoriesFor.TryGetValue(_names[message.Category] ?? "", out var kept) ? kept : _options.KeepHistoryFor).Ticks;
    }
}
