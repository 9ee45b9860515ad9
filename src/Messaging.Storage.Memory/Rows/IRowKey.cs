namespace Messaging.Storage.Memory;

/// <summary>Tells whether a row is the one that is looked for.</summary>
internal interface IRowKey
{
    bool Is(int row);
}
