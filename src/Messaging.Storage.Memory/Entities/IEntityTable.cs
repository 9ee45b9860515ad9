namespace Messaging.Storage.Memory;

internal interface IEntityTable
{
    Type EntityType { get; }
}
