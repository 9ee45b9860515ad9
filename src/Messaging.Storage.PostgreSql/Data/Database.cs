using System.Net.Sockets;
using Messaging.Storage.EfCore.Migrating;
using Npgsql;

namespace Messaging.Storage.PostgreSql.Data;

/// <summary>The suite's source of connections. What goes wrong on the way to the database is told in words that name the cure.</summary>
internal sealed class Database : IAsyncDisposable, IDisposable
{
    /// <summary>Where the host says which database it is.</summary>
    public const string Place = "the connection string of UsePostgreSql";

    private const int PreparedStatements = 100;
    private const int BufferSize = 32 * 1024;

    private readonly NpgsqlDataSource _source;
    private readonly bool _isOwn;

    public Database(PostgreSqlOptions options)
    {
        _isOwn = options.DataSource is null;
        _source = options.DataSource ?? NpgsqlDataSource.Create(Connect(options));
    }

    public NpgsqlDataSource Source => _source;

    /// <summary>Returns how the store connects when it makes its own pool: for statements that are short, many, and always the same.</summary>
    public static string Connect(PostgreSqlOptions options)
    {
        var connection = new NpgsqlConnectionStringBuilder(options.ConnectionString) { MaxPoolSize = options.MaxConnections };
        if (string.IsNullOrEmpty(connection.ApplicationName))
        {
            connection.ApplicationName = "messaging";
        }

        // A claim and a settlement are some tens of kilobytes: buffers of that size spare system calls, which cost more than the copying.
        connection.ReadBufferSize = Math.Max(connection.ReadBufferSize, BufferSize);
        connection.WriteBufferSize = Math.Max(connection.WriteBufferSize, BufferSize);

        // Nothing the store does changes a session, and the pool is its own: there is nothing to reset between two users of a connection.
        connection.NoResetOnClose = true;
        if (!options.ThroughPooler)
        {
            // Look-ups read a few rows of tables that may be large. PostgreSQL compiles what may be costly, which takes longer than they do; and it keeps
            // the plan of a prepared statement, so what is read from end to end while a table is small would be read like that when it is large.
            connection.Options = $"-c jit=off -c enable_seqscan=off {connection.Options}".TrimEnd();
            if (connection.MaxAutoPrepare == 0)
            {
                (connection.MaxAutoPrepare, connection.AutoPrepareMinUsages) = (PreparedStatements, 3);
            }
        }

        return connection.ConnectionString;
    }

    public async ValueTask<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (ConnectionTrouble.Explain(e, Place) is { } explained)
        {
            throw explained;
        }
    }

    /// <summary>Returns whether the same may succeed when it is tried again at once.</summary>
    public static bool IsTransient(Exception exception) => exception switch
    {
        PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.UniqueViolation } => true,
        PostgresException { SqlState: PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow } => true,
        PostgresException => false,
        NpgsqlException { InnerException: IOException or SocketException } => true,
        MessagingStorageException => false,
        _ => false,
    };

    public void Dispose()
    {
        if (_isOwn)
        {
            _source.Dispose();
        }
    }

    public ValueTask DisposeAsync() => _isOwn ? _source.DisposeAsync() : ValueTask.CompletedTask;
}
