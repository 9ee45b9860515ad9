using Messaging.Testing;
using Messaging.Testing.Contracts.Storage;

namespace Messaging.Storage.Memory.Contracts;

internal sealed class MemoryStoreFixture : StoreFixture
{
    private readonly ManualTimeProvider _time = new();
    private readonly MemoryStore _store;

    public MemoryStoreFixture()
    {
        _store = new MemoryStore(_time);
        Limits = new MemoryRateLimitStore(_time);
    }

    public override IMessageStore Store => _store;

    public override IWorkQueue Queue => _store;

    public override IMessageReader Reader => _store;

    public override IEntityStore Entities => _store;

    public override IRateLimitStore Limits { get; }

    public override IAttachmentStore Attachments { get; } = new MemoryAttachmentStore();

    public override DateTimeOffset Now => _time.Now;

    public override ValueTask AdvanceAsync(TimeSpan by)
    {
        _time.Advance(by);
        return ValueTask.CompletedTask;
    }

    public override ValueTask DisposeAsync()
    {
        _store.Dispose();
        return ValueTask.CompletedTask;
    }
}
