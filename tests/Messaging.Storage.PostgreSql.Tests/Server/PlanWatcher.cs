using Microsoft.Extensions.Logging;
using Npgsql;

namespace Messaging.Storage.PostgreSql.Server;

/// <summary>Collects the plans of everything that runs on its connections, also inside functions, by PostgreSQL's auto_explain.</summary>
internal sealed class PlanWatcher : IAsyncDisposable, ILoggerProvider, ILogger
{
    private const string Load =
        """
        LOAD 'auto_explain'; SET auto_explain.log_min_duration = 0; SET auto_explain.log_nested_statements = on; SET auto_explain.log_level = notice;
        SET client_min_messages = notice;
        """;

    private readonly List<string> _plans = [];

    private PlanWatcher(string connectionString)
    {
        var builder = new NpgsqlDataSourceBuilder(connectionString + ";Maximum Pool Size=6;No Reset On Close=true");
        builder.UseLoggerFactory(LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(this)));
        builder.UsePhysicalConnectionInitializer(_ => throw new NotSupportedException(), InitializeAsync);
        Source = builder.Build();
    }

    public NpgsqlDataSource Source { get; }

    public static PlanWatcher On(string connectionString) => new(connectionString);

    /// <summary>Gets the plans of statements that have a text in them.</summary>
    public IReadOnlyList<string> Of(string text)
    {
        lock (_plans)
        {
            return _plans.FindAll(plan => plan.Contains(text, StringComparison.Ordinal));
        }
    }

    public void Clear()
    {
        lock (_plans)
        {
            _plans.Clear();
        }
    }

    public ValueTask DisposeAsync() => Source.DisposeAsync();

    public ILogger CreateLogger(string categoryName) => this;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var text = formatter(state, exception);
        if (text.Contains("duration: ", StringComparison.Ordinal) && text.Contains("plan:", StringComparison.Ordinal))
        {
            lock (_plans)
            {
                _plans.Add(text);
            }
        }
    }

    public bool IsEnabled(LogLevel logLevel) => true;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void Dispose()
    {
    }

    private static async Task InitializeAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(Load, connection);
        await command.ExecuteNonQueryAsync();
    }
}
