using System.Data.Common;
using System.Net.Sockets;

namespace Messaging.Storage.EfCore.Migrating;

/// <summary>Tells why a database cannot be used in words that name the cure, whichever store asks. The driver's own words say less.</summary>
internal static class ConnectionTrouble
{
    /// <summary>Returns a text that says what is wrong and what to do; <see langword="null"/> when the exception says so itself.</summary>
    /// <param name="exception">What the driver threw; EF Core puts its own around it when trying again might help.</param>
    /// <param name="place">Where the host says which database it is, such as <c>the connection string of UsePostgreSql</c>.</param>
    public static MessagingStorageException? Explain(Exception exception, string place) => exception switch
    {
        MessagingStorageException => null,
        DbException { SqlState: "28P01" or "28000" } => new(
            $"PostgreSQL refused the user or the password. Correct Username and Password in {place}.", exception),
        DbException { SqlState: "3D000" } => new(
            $"The database that {place} names does not exist. Create it (CREATE DATABASE), or correct Database.", exception),
        DbException { SqlState: "53300" } => new(
            "PostgreSQL has no connection left. Open fewer from each process (PostgreSqlOptions.MaxConnections, or the pool size of the connection string), raise the server's max_connections, or put a pooler between.",
            exception),
        DbException { SqlState: "42P01" or "3F000" or "42883" } => new(
            "The database lacks tables or functions of the suite. Set MigrateAtStart, or call IMessagingSchema.EnsureSchemaAsync() before the start.", exception),
        DbException { SqlState: null, InnerException: SocketException or TimeoutException } => new(
            $"The database cannot be reached. See that PostgreSQL runs, and that Host and Port in {place} are right.", exception),
        { InnerException: { } inner } and not DbException => Explain(inner, place),
        _ => null,
    };
}
