namespace Messaging.Storage.Memory;

/// <summary>A table of entities, whatever their type.</summary>
internal interface IEntityTable
{
    Type EntityType { get; }

    EntityRows Rows { get; }

    /// <summary>Returns whether another entity has a value of this one that only one may have.</summary>
    bool IsTaken(EntityImprint imprint);

    /// <summary>Forgets what was read of a row and of its key, because another entity may stand there: after each write, and before a removal.</summary>
    void Forget(int row);
}
