using Messaging.Channels;
using Messaging.Sending;
using Messaging.Storage;
using Messaging.Storage.Memory;
using Messaging.Testing;

namespace Messaging.Gates;

/// <summary>A store, a clock, and candidates.</summary>
internal sealed class GateHarness : IDisposable
{
    public GateHarness()
    {
        Store = new MemoryStore(Clock);
        Editor = new EntityEditor(Store, Store);
        Channels = new FakeChannelDirectory();
        Pauses = new PauseBook(Store, Channels);
        Book = new SuppressionBook(Store);
        Suppressions = new Suppressions(Book, Editor, new AddressBook([]), Clock);
    }

    public ManualTimeProvider Clock { get; } = new();

    public MemoryStore Store { get; }

    public EntityEditor Editor { get; }

    public FakeChannelDirectory Channels { get; }

    public PauseBook Pauses { get; }

    public SuppressionBook Book { get; }

    public ISuppressions Suppressions { get; }

    public static GateCandidate Candidate(
        string address = "anna@example.com",
        string category = Categories.Marketing,
        TenantId? tenant = null,
        ContactId? contact = null,
        string channel = "email",
        string? template = null,
        string? timeZone = null,
        MessagePriority priority = MessagePriority.Normal,
        string kind = ChannelKinds.Email,
        bool counted = false) => new()
        {
            Tenant = tenant ?? TenantId.Default,
            DeliveryId = Some.DeliveryId(),
            Address = new Address(kind, address),
            ContactId = contact,
            Channel = channel,
            Template = template,
            Category = category,
            Priority = priority,
            TimeZone = timeZone,
            Counted = counted,
        };

    public GateBatch Batch(params GateCandidate[] candidates) => new(candidates, Clock.Now);

    public GateBatch Sending(params GateCandidate[] candidates) => new(candidates, Clock.Now, beforeSend: true);

    public void Dispose() => Store.Dispose();
}
