using Microsoft.Extensions.Logging;

namespace Messaging.Crash.Child;

/// <summary>Logs by the name of the event, one line each: <c>log SettleStale</c>.</summary>
internal sealed class LineLogging(Action<string> say) : ILoggerProvider, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        say($"log {eventId.Name} {formatter(state, exception).ReplaceLineEndings(" ")} {exception?.ToString().ReplaceLineEndings(" ")}");

    public void Dispose()
    {
        // It holds nothing.
    }
}
