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

    private PlanWatcher(string connectionString, int connections, bool analyze)
    {
        var builder = new NpgsqlDataSourceBuilder($"{connectionString};Maximum Pool Size={connections};No Reset On Close=true");
        builder.UseLoggerFactory(LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(this)));
        builder.UsePhysicalConnectionInitializer(_ => throw new NotSupportedException(), connection => InitializeAsync(connection, analyze));
        Source = builder.Build();
    }

    public NpgsqlDataSource Source { get; }

    /// <summary>Watches a database.</summary>
    /// <param name="connectionString">How to connect.</param>
    /// <param name="connections">How many connections there may be. Each keeps plans of its own.</param>
    /// <param name="analyze">Whether plans say how many rows each of their nodes had.</param>
    public static PlanWatcher On(string connectionString, int connections = 6, bool analyze = false) => new(connectionString, connections, analyze);

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

    private static async Task InitializeAsync(NpgsqlConnection connection, bool analyze)
    {
        await using var command = new NpgsqlCommand(Load + (analyze ? "SET auto_explain.log_analyze = on; SET auto_explain.log_timing = off" : ""), connection);
        await command.ExecuteNonQueryAsync();
    }
}
