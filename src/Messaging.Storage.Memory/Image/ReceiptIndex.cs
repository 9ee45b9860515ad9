using System.Text;

namespace Messaging.Storage.Memory;

/// <summary>Finds deliveries by the account that carried them and the provider's id. Not thread safe.</summary>
internal sealed class ReceiptIndex(SlabHeap records, RecordWriter writer, Names names, StatusCounters counters, StoryBook stories, RowTable<DeliveryRow> rows)
{
    private readonly RowIndex _index = new();

    /// <summary>Returns the delivery that got the id last; 0 when there is none.</summary>
    public int Find(string account, string providerId)
    {
        var number = names.Find(account);
        var utf8 = Encoding.UTF8.GetBytes(providerId);
        return number < 0 ? 0 : _index.Find(SeededHash.Of(utf8, (ulong)number), new Key(this, number, utf8));
    }

    /// <summary>Notes the id under which a delivery's account knows it now. An earlier one is still found.</summary>
    public void Add(int row, int account, int formerAccount, string providerId)
    {
        ref var delivery = ref rows[row];
        if (delivery.ProviderId != 0)
        {
            KeepFormer(row, formerAccount);
            records.Free(delivery.ProviderId);
        }

        writer.Start().Text(providerId);
        delivery.ProviderId = records.Add(writer.Written);
        var utf8 = Utf8Of(delivery);
        var hash = SeededHash.Of(utf8, (ulong)account);
        var former = _index.Find(hash, new Key(this, account, utf8));
        if (former == 0)
        {
            _index.Add(hash, row);
        }
        else if (former != row)
        {
            _index.Replace(hash, former, row);
        }
    }

    /// <summary>Keeps the current id findable under the account that gave it, while another account goes on.</summary>
    public void KeepFormer(int row, int formerAccount)
    {
        ref var delivery = ref rows[row];
        if (!HasFormer(delivery, formerAccount, Utf8Of(delivery)))
        {
            stories.AddReceipt(ref delivery, formerAccount, TextOf(delivery)!);
        }
    }

    public string? TextOf(in DeliveryRow row) => row.ProviderId == 0 ? null : new RecordReader(records.Read(row.ProviderId)).Text();

    /// <summary>Notes all ids of a delivery again. Of two deliveries with one id the later keeps it.</summary>
    public void AddAll(int row)
    {
        ref var delivery = ref rows[row];
        if (delivery.ProviderId != 0)
        {
            AddAgain(row, Utf8Of(delivery), counters[delivery.Bucket].Account);
        }

        foreach (var record in stories.Walk(delivery))
        {
            if (record.Has(StoryFields.ProviderId))
            {
                AddAgain(row, record.Receipt(out var account), account);
            }
        }
    }

    private void AddAgain(int row, ReadOnlySpan<byte> providerId, int account)
    {
        var hash = SeededHash.Of(providerId, (ulong)account);
        var former = _index.Find(hash, new Key(this, account, providerId));
        if (former == 0)
        {
            _index.Add(hash, row);
        }
        else if (rows[former].Number < rows[row].Number)
        {
            _index.Replace(hash, former, row);
        }
    }

    /// <summary>Forgets all ids of a delivery.</summary>
    public void Remove(int row)
    {
        ref var delivery = ref rows[row];
        if (delivery.ProviderId != 0)
        {
            Remove(row, Utf8Of(delivery), counters[delivery.Bucket].Account);
        }

        foreach (var record in stories.Walk(delivery))
        {
            if (record.Has(StoryFields.ProviderId))
            {
                Remove(row, record.Receipt(out var account), account);
            }
        }

        records.Free(delivery.ProviderId);
        delivery.ProviderId = 0;
    }

    /// <summary>Removes an id, unless another delivery got the same one since.</summary>
    private void Remove(int row, ReadOnlySpan<byte> providerId, int account)
    {
        var hash = SeededHash.Of(providerId, (ulong)account);
        if (_index.Find(hash, new Key(this, account, providerId)) == row)
        {
            _index.Remove(hash, row);
        }
    }

    private ReadOnlySpan<byte> Utf8Of(in DeliveryRow row) => new RecordReader(records.Read(row.ProviderId)).Utf8();

    private bool IsKnownAs(int row, int account, ReadOnlySpan<byte> providerId)
    {
        ref var delivery = ref rows[row];
        return (delivery.ProviderId != 0 && counters[delivery.Bucket].Account == account && Utf8Of(delivery).SequenceEqual(providerId))
            || HasFormer(delivery, account, providerId);
    }

    private bool HasFormer(in DeliveryRow row, int account, ReadOnlySpan<byte> providerId)
    {
        foreach (var record in stories.Walk(row))
        {
            if (record.Has(StoryFields.ProviderId) && record.Receipt(out var its).SequenceEqual(providerId) && its == account)
            {
                return true;
            }
        }

        return false;
    }

    private readonly ref struct Key(ReceiptIndex index, int account, ReadOnlySpan<byte> providerId) : IRowKey
    {
        private readonly ReadOnlySpan<byte> _providerId = providerId;

        public bool Is(int row) => index.IsKnownAs(row, account, _providerId);
    }
}
