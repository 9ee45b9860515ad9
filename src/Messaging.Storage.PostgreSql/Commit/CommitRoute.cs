namespace Messaging.Storage.PostgreSql.Commit;

/// <summary>Which way a change goes.</summary>
internal enum CommitRoute
{
    /// <summary>Load, apply, write.</summary>
    General,

    /// <summary>New messages with their deliveries and nothing else: written without a look first.</summary>
    Accept,

    /// <summary>One delivery that went out at the first call: one guarded statement.</summary>
    Settle,
}
