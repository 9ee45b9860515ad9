namespace Messaging.Storage.Journal;

/// <summary>What was moved out of a journal.</summary>
/// <param name="Messages">How many messages.</param>
/// <param name="Deliveries">How many deliveries, each with its timeline.</param>
/// <param name="Work">How many pieces of other work.</param>
/// <param name="Claims">How many callers' keys.</param>
/// <param name="Entities">How many entities: contacts, suppressions, plans, templates and the like.</param>
/// <param name="Attachments">How many attachments.</param>
public sealed record JournalMove(int Messages, int Deliveries, int Work, int Claims, int Entities, int Attachments);
