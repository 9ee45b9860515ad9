using Messaging.Storage;

namespace Messaging.History;

internal static class DeliverySummaries
{
    /// <summary>Makes the row of a delivery, as a store's query does.</summary>
    public static DeliverySummary From(DeliveryRecord record)
    {
        var (message, delivery, state) = record;
        return new()
        {
            Id = delivery.Id,
            MessageId = delivery.MessageId,
            Tenant = delivery.Tenant,
            Kind = delivery.Address.Kind,
            Account = state.Account ?? delivery.Channel,
            Category = message.Category,
            Priority = delivery.Priority,
            Template = message.Template,
            ContactId = delivery.ContactId,
            Reference = delivery.Reference,
            Status = state.Status,
            Why = state.Why,
            Attempts = state.TotalAttempts,
            AcceptedAt = delivery.AcceptedAt,
            DueAt = state.Work == WorkState.Done ? null : state.DueAt,
            SettledAt = state.SettledAt,
            ProviderId = state.ProviderId,
        };
    }
}
