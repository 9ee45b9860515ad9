using System.Text;

namespace Messaging.Storage.Memory;

/// <summary>Writes one entity after the other, and takes back what it wrote when one of them cannot be.</summary>
internal sealed class EntityWriter(EntityImage image, TenantTable tenants) : IEntityChangeVisitor<bool>
{
    private readonly Stack<Undo> _undo = [];

    /// <summary>Writes all, or none.</summary>
    public bool TryWrite(IReadOnlyList<EntityChange> changes)
    {
        var written = 0;
        try
        {
            while (written < changes.Count && changes[written].Accept(this))
            {
                written++;
            }

            return written == changes.Count;
        }
        finally
        {
            TakeBack(written < changes.Count);
        }
    }

    public bool Put<T>(T entity, long? expectedVersion)
        where T : class, IEntity<T>
    {
        var table = image.Table<T>();
        var imprint = table.Imprint(entity);
        var row = table.Rows.Find(imprint.Tenant, imprint.Key);
        var version = row == 0 ? 0 : table.Rows[row].Version;
        if ((expectedVersion is { } expected && expected != version) || table.IsTaken(imprint))
        {
            return false;
        }

        _undo.Push(new(table, imprint.Tenant, imprint.Key, row == 0 ? null : table.Rows.Imprint(row)));
        imprint.Version = version + 1;
        table.Forget(table.Rows.Write(imprint));
        return true;
    }

    public bool Delete<T>(TenantId tenant, string key, long? expectedVersion)
        where T : class, IEntity<T>
    {
        var table = image.Table<T>();
        var (number, utf8) = (tenants.Add(tenant), Encoding.UTF8.GetBytes(key));
        var row = table.Rows.Find(number, utf8);
        if (expectedVersion is { } expected && expected != (row == 0 ? 0 : table.Rows[row].Version))
        {
            return false;
        }

        if (row != 0)
        {
            _undo.Push(new(table, number, utf8, table.Rows.Imprint(row)));
            table.Forget(row);
            table.Rows.Remove(row);
        }

        return true;
    }

    private void TakeBack(bool really)
    {
        while (_undo.TryPop(out var undo))
        {
            if (really)
            {
                undo.Run();
            }
        }
    }

    /// <summary>What stood under a key before.</summary>
    private readonly record struct Undo(IEntityTable Table, int Tenant, byte[] Key, EntityImprint? Before)
    {
        public void Run()
        {
            if (Before is not null)
            {
                Table.Forget(Table.Rows.Write(Before));
            }
            else if (Table.Rows.Find(Tenant, Key) is var row && row != 0)
            {
                Table.Forget(row);
                Table.Rows.Remove(row);
            }
        }
    }
}
