using System.Globalization;

namespace Messaging.Storage.Memory;

internal static class DeliverySearch
{
    public static Page<DeliverySummary> Run(StoreImage image, DeliveryQuery query)
    {
        var before = query.Cursor is { } cursor ? Read(cursor) : long.MaxValue;
        var found = Candidates(image, query)
            .Where(delivery => delivery.Number < before && Matches(delivery, query))
            .Take(query.Limit + 1)
            .ToList();
        var next = found.Count > query.Limit ? found[query.Limit - 1].Number.ToString(CultureInfo.InvariantCulture) : null;
        return new([.. found.Take(query.Limit).Select(delivery => delivery.ToSummary())], next);
    }

    private static IEnumerable<DeliveryEntry> Candidates(StoreImage image, DeliveryQuery query)
    {
        var from = query.MessageId is not { } id ? image.History : image.Messages.TryGetValue(id, out var message) ? message.Deliveries : [];
        return Enumerable.Range(1, from.Count).Select(place => from[^place]);
    }

    private static long Read(string cursor) =>
        long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new ArgumentException("The cursor was not made by this store. Pass the Next of an earlier page, unchanged.", nameof(cursor));

    private static bool Matches(DeliveryEntry delivery, DeliveryQuery query)
    {
        var stored = delivery.Stored;
        return stored.Tenant == query.Tenant
            && (query.MessageId is null || stored.MessageId == query.MessageId)
            && (query.Reference is null || stored.Reference == query.Reference)
            && (query.ContactId is null || stored.ContactId == query.ContactId)
            && (query.Address is null || stored.Address == query.Address)
            && (query.Kind is null || stored.Address.Kind == query.Kind)
            && (query.Account is null || (delivery.Account ?? stored.Channel) == query.Account)
            && (query.Category is null || delivery.Message.Message.Category == query.Category)
            && (query.Template is null || delivery.Message.Message.Template == query.Template)
            && (!query.DeadLetters || delivery.DeadLetter)
            && (query.From is null || stored.AcceptedAt >= query.From)
            && (query.To is null || stored.AcceptedAt < query.To)
            && (query.Statuses.Count == 0 || query.Statuses.Contains(delivery.Status));
    }
}
