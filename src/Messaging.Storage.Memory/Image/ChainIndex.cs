namespace Messaging.Storage.Memory;

/// <summary>Finds the newest delivery that has a key; the others follow by the chain. Not thread safe.</summary>
internal sealed class ChainIndex<TField>(RowTable<DeliveryRow> rows)
    where TField : struct, ILinkField
{
    private readonly RowIndex _newest = new();

    public int Find<TKey>(uint hash, scoped in TKey key)
        where TKey : struct, IRowKey, allows ref struct => _newest.Find(hash, key);

    public void Add<TKey>(uint hash, scoped in TKey key, int row)
        where TKey : struct, IRowKey, allows ref struct
    {
        var newest = _newest.Find(hash, key);
        if (newest == 0)
        {
            _newest.Add(hash, row);
            return;
        }

        Chain<TField>.Prepend(rows, newest, row);
        _newest.Replace(hash, newest, row);
    }

    /// <summary>Adds the newest of a chain that is there already.</summary>
    public void AddNewest(uint hash, int row) => _newest.Add(hash, row);

    public void Remove(uint hash, int row)
    {
        var link = Chain<TField>.Remove(rows, row);
        if (link.Newer != 0)
        {
            return;
        }

        if (link.Older != 0)
        {
            _newest.Replace(hash, row, link.Older);
        }
        else
        {
            _newest.Remove(hash, row);
        }
    }
}
