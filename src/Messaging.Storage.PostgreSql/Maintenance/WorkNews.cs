using Messaging.Storage.PostgreSql.Data;
using Messaging.Storage.PostgreSql.Queue;
using Npgsql;

namespace Messaging.Storage.PostgreSql.Maintenance;

/// <summary>Tells other nodes that there is new work, and hears it from them. A notice is sent after the commit, on its own, at most every 50 ms: in a commit it would make all commits of the server wait for one another.</summary>
internal sealed class WorkNews(Database database, WorkSignal signal, string node, TimeProvider time)
{
    private const string Channel = "messaging_work";
    private static readonly TimeSpan s_quiet = TimeSpan.FromMilliseconds(50);

    private int _isSending;

    /// <summary>Gets or sets a value indicating whether anybody listens.</summary>
    public bool HasOthers { get; set; }

    /// <summary>Tells of new work, soon.</summary>
    public void Tell()
    {
        if (HasOthers && Interlocked.Exchange(ref _isSending, 1) == 0)
        {
            _ = SendAsync();
        }
    }

    /// <summary>Listens until it is stopped or the connection is lost.</summary>
    public async Task ListenAsync(CancellationToken cancellationToken)
    {
        var connection = await database.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = connection.ConfigureAwait(false);
        connection.Notification += OnNotification;
        try
        {
            var command = new NpgsqlCommand($"LISTEN {Channel}", connection);
            await using (command.ConfigureAwait(false))
            {
                await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            }

            while (true)
            {
                await connection.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            connection.Notification -= OnNotification;
        }
    }

    private void OnNotification(object sender, NpgsqlNotificationEventArgs e)
    {
        if (e.Payload != node)
        {
            signal.Pulse();
        }
    }

    private async Task SendAsync()
    {
        try
        {
            await database.ExecuteAsync($"SELECT pg_notify('{Channel}', $1)", default, Query.With(node)).ConfigureAwait(false);
            await Task.Delay(s_quiet, time).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // News are a courtesy: who does not hear them finds the work at the next poll.
        }
        finally
        {
            Volatile.Write(ref _isSending, 0);
        }
    }
}
