namespace Messaging.Storage.Memory;

/// <summary>The neighbours of a row in a chain that begins with the newest.</summary>
internal struct Link
{
    public int Newer;
    public int Older;
}
