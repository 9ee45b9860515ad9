namespace Messaging.Storage.EfCore;

/// <summary>The database does not have the tables that this version of the suite needs. The text says what to do. Nothing was changed.</summary>
public sealed class MessagingSchemaException : Exception
{
    internal MessagingSchemaException(SchemaProblem problem, int found, int needed, string message, Exception? inner = null)
        : base(message, inner) => (Problem, Found, Needed) = (problem, found, needed);

    /// <summary>Gets what is wrong.</summary>
    public SchemaProblem Problem { get; }

    /// <summary>Gets the version that the database has; 0 for none.</summary>
    public int Found { get; }

    /// <summary>Gets the version that this process needs. It works with the next one too.</summary>
    public int Needed { get; }
}
