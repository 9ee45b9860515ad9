namespace Messaging.Storage.Memory;

/// <summary>A chain through deliveries, the newest first.</summary>
internal static class Chain<TField>
    where TField : struct, ILinkField
{
    /// <summary>Puts a row before the newest; what was the newest follows it.</summary>
    public static void Prepend(RowTable<DeliveryRow> rows, int newest, int row)
    {
        TField.Of(ref rows[row]).Older = newest;
        if (newest != 0)
        {
            TField.Of(ref rows[newest]).Newer = row;
        }
    }

    /// <summary>Takes a row out.</summary>
    /// <returns>Its neighbours before that.</returns>
    public static Link Remove(RowTable<DeliveryRow> rows, int row)
    {
        var link = TField.Of(ref rows[row]);
        if (link.Newer != 0)
        {
            TField.Of(ref rows[link.Newer]).Older = link.Older;
        }

        if (link.Older != 0)
        {
            TField.Of(ref rows[link.Older]).Newer = link.Newer;
        }

        TField.Of(ref rows[row]) = default;
        return link;
    }

    public static int Older(RowTable<DeliveryRow> rows, int row) => TField.Of(ref rows[row]).Older;
}
