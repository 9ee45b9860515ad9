using Microsoft.Extensions.DependencyInjection;

namespace Messaging.Crash;

/// <summary>A store by name and place, as commands give it.</summary>
/// <param name="Name"><c>memory</c>, <c>journal</c> or <c>postgres</c>.</param>
/// <param name="Place">The journal's directory, or the connection string.</param>
public sealed record StoreChoice(string Name, string Place)
{
    /// <summary>Makes the suite use it.</summary>
    /// <exception cref="ArgumentException">There is no store of that name.</exception>
    public MessagingBuilder Use(MessagingBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return Name switch
        {
            "memory" => builder,
            "journal" => builder.UseJournal(Place),
            "postgres" => builder.UsePostgreSql(Place),
            _ => throw new ArgumentException($"--store {Name}: the stores are memory, journal and postgres."),
        };
    }
}
