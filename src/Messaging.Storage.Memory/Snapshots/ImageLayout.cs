using System.Runtime.CompilerServices;

namespace Messaging.Storage.Memory;

/// <summary>Says how a snapshot of the image is laid out. Rows are written as they lie in memory, so that a change of a row's fields is a change of format.</summary>
internal static class ImageLayout
{
    /// <summary>Grows with every change of what <see cref="StoreImage.Freeze"/> writes.</summary>
    public const int Version = 2;

    /// <summary>The first that holds callers' keys as text.</summary>
    public const int WithKeyTexts = 2;

    /// <summary>Gets the sizes of all rows that are written, in one text: a test pins it to the version.</summary>
    public static string Sizes { get; } = string.Join(
        ' ',
        Unsafe.SizeOf<TenantRow>(), Unsafe.SizeOf<MessageRow>(), Unsafe.SizeOf<DeliveryRow>(), Unsafe.SizeOf<BucketRow>(), Unsafe.SizeOf<StatusCounts>(),
        Unsafe.SizeOf<WorkRow>(), Unsafe.SizeOf<ItemRow>(), Unsafe.SizeOf<LineRow>(), Unsafe.SizeOf<ParkRow>(), Unsafe.SizeOf<IdempotencyRow>());
}
