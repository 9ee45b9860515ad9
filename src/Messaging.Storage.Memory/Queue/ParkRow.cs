namespace Messaging.Storage.Memory;

/// <summary>What is parked under one key, the oldest first.</summary>
internal struct ParkRow
{
    public int First;
    public int Last;
}
