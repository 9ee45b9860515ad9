namespace Messaging.Storage.Memory;

/// <summary>Lists deliveries, newest first: along the shortest chain that the query names, no further than a bound for each page.</summary>
internal sealed class DeliverySearch(StoreImage image, DeliveryReading reading)
{
    /// <summary>How many rows a page may look at; then it ends, short, with a cursor to go on from.</summary>
    private const int MostExamined = 20_000;

    public Page<DeliverySummary> Run(DeliveryQuery query)
    {
        var cursor = query.Cursor is { } text ? HistoryCursor.Read(text) : default;
        var filter = DeliveryFilter.Of(image, query);
        return filter is null ? new([], null) : Page(filter, Along(query, filter, cursor), query.Limit);
    }

    private Page<DeliverySummary> Page(DeliveryFilter filter, IEnumerable<int> rows, int limit)
    {
        var found = new List<DeliverySummary>(Math.Min(limit, 100));
        var (examined, last) = (0, 0);
        foreach (var row in rows)
        {
            if (found.Count == limit || examined == MostExamined)
            {
                return new(found, HistoryCursor.Write(last, image.Deliveries[last].Number));
            }

            (examined, last) = (examined + 1, row);
            image.Trim();
            if (filter.Matches(row))
            {
                found.Add(reading.ToSummary(row));
            }
        }

        return new(found, null);
    }

    private IEnumerable<int> Along(DeliveryQuery query, DeliveryFilter filter, HistoryCursor cursor)
    {
        if (query.MessageId is not null)
        {
            return Along<LinkFields.Message>(filter.Message == 0 ? 0 : image.Messages[filter.Message].Newest, cursor);
        }

        if (query.ContactId is { } contact)
        {
            return Along<LinkFields.Contact>(image.Deliveries.FindContact(filter.Tenant, contact), cursor);
        }

        if (query.Address is { } address)
        {
            return Along<LinkFields.Address>(filter.Kind <= 0 ? 0 : image.Deliveries.FindAddress(filter.Tenant, filter.Kind, address.Value), cursor);
        }

        return query.Reference is { } reference ? Along<LinkFields.Reference>(image.Deliveries.FindReference(filter.Tenant, reference), cursor)
            : query.DeadLetters ? image.DeadLetters.Before(filter.Tenant, cursor.Row == 0 ? long.MaxValue : cursor.Number)
            : Along<LinkFields.Tenant>(image.Tenants.Row(filter.Tenant).Newest, cursor);
    }

    /// <summary>Walks a chain from the cursor on. When its row is gone, the walk looks for the place by number.</summary>
    private IEnumerable<int> Along<TField>(int newest, HistoryCursor cursor)
        where TField : struct, ILinkField
    {
        var rows = image.Deliveries.Rows;
        var row = newest;
        if (cursor.Row > 0 && cursor.Row < rows.End && rows[cursor.Row].Number == cursor.Number)
        {
            row = Chain<TField>.Older(rows, cursor.Row);
        }

        for (; row != 0; row = Chain<TField>.Older(rows, row))
        {
            if (cursor.Row == 0 || rows[row].Number < cursor.Number)
            {
                yield return row;
            }
        }
    }
}
