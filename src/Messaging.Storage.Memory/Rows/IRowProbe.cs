namespace Messaging.Storage.Memory;

/// <summary>A place in the order of rows.</summary>
internal interface IRowProbe
{
    /// <summary>Compares the place with that of a row: negative when it comes before.</summary>
    int CompareTo(int row);
}
