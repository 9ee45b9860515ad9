namespace Messaging.Storage.EfCore;

/// <summary>The suite's own tables, in the schema <c>messaging</c>, beside and apart from the host's migrations. Safe for concurrent use.</summary>
/// <remarks>
/// Every version is a step that only adds; what a step makes superfluous goes with a later one. So a process runs with its own version and
/// the next, and old and new processes share a database while a new version is rolled out: upgrade first, then replace the processes.
/// </remarks>
public interface IMessagingSchema
{
    /// <summary>Gets the version that this process needs.</summary>
    int Version { get; }

    /// <summary>Reads the version that the database has; 0 for none.</summary>
    Task<int> FindVersionAsync(CancellationToken cancellationToken = default);

    /// <summary>Makes the tables, or upgrades them. What is there already stays; of several that start at once one does it and the others wait. A current schema is only read, and needs no right to change anything.</summary>
    /// <exception cref="MessagingSchemaException">The tables are too new, or the user may not change them.</exception>
    Task EnsureSchemaAsync(CancellationToken cancellationToken = default);

    /// <summary>Makes sure that this process can use the tables as they are.</summary>
    /// <exception cref="MessagingSchemaException">They are missing, too old or too new; the text says what to do.</exception>
    Task CheckAsync(CancellationToken cancellationToken = default);

    /// <summary>Returns the statements that <see cref="EnsureSchemaAsync"/> would run, for whoever has the right to run them. Run on any earlier version, or twice, they do what is missing.</summary>
    string Script();
}
