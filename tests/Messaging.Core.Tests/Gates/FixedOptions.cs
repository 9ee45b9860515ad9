using Microsoft.Extensions.Options;

namespace Messaging.Gates;

/// <summary>Options that a test holds in its hand.</summary>
internal sealed class FixedOptions<T>(T value) : IOptionsMonitor<T>
{
    private Action<T, string?>? _changed;

    public T CurrentValue { get; private set; } = value;

    public T Get(string? name) => CurrentValue;

    public void Change(T changed)
    {
        CurrentValue = changed;
        _changed?.Invoke(changed, null);
    }

    public IDisposable? OnChange(Action<T, string?> listener)
    {
        _changed += listener;
        return null;
    }
}
