namespace Messaging.Storage.PostgreSql.Reading;

/// <summary>Where the work of a delivery stands.</summary>
internal readonly record struct WorkPlace(
    WorkState Work, DateTimeOffset DueAt, DateTimeOffset Since, bool AttemptBegan, bool CancelRequested, DateTimeOffset? SettledAt = null);
