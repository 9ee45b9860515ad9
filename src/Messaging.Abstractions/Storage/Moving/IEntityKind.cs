namespace Messaging.Storage;

/// <summary>A kind of entity that somebody keeps; registered for all of them, so that a store can move what it holds as JSON.</summary>
public interface IEntityKind
{
    /// <summary>Gets the name of its schema.</summary>
    string Schema { get; }

    /// <summary>Reads an entity as a store keeps it.</summary>
    /// <returns>A write of it where there is none yet.</returns>
    EntityChange Read(ReadOnlySpan<byte> json);
}
