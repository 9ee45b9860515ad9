namespace Messaging.Storage.Memory;

/// <summary>Kinds of work as bits.</summary>
internal static class KindMask
{
    public const int All = (1 << ReadyLines.Kinds) - 1;

    public static int Of(IReadOnlyList<WorkKind> kinds)
    {
        var mask = kinds.Count == 0 ? All : 0;
        for (var i = 0; i < kinds.Count; i++)
        {
            mask |= 1 << (int)kinds[i];
        }

        return mask;
    }
}
