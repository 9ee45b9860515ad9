namespace Messaging.Storage.Memory;

/// <summary>The image as it stood at one moment, while the image itself goes on. Written by another thread, without the store's lock.</summary>
internal sealed class FrozenImage(IReadOnlyList<Action<BinaryWriter>> parts)
{
    /// <summary>Writes everything, part by part, in the order in which <see cref="StoreImage.Load"/> reads it.</summary>
    public void Write(BinaryWriter writer)
    {
        foreach (var part in parts)
        {
            part(writer);
        }
    }
}
