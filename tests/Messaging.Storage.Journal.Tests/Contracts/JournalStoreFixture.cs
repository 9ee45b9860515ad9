using Messaging.Storage.Journal.Attachments;
using Messaging.Storage.Journal.Support;
using Messaging.Storage.Memory;
using Messaging.Testing;
using Messaging.Testing.Contracts.Storage;
using Microsoft.Extensions.Options;

namespace Messaging.Storage.Journal.Contracts;

internal sealed class JournalStoreFixture : StoreFixture
{
    private readonly TestDirectory _directory = new();
    private readonly ManualTimeProvider _time = new();
    private readonly bool _reopens;
    private JournalStore _store;

    /// <param name="reopens">Whether the store is closed and opened again whenever time passes.</param>
    public JournalStoreFixture(bool reopens = false)
    {
        _reopens = reopens;
        _store = Open();
        Limits = new MemoryRateLimitStore(_time);
        Attachments = new FileAttachmentStore(Options.Create(Journals.Options(_directory.Path)));
    }

    public override IMessageStore Store => _store;

    public override IWorkQueue Queue => _store;

    public override IMessageReader Reader => _store;

    public override IEntityStore Entities => _store;

    public override IRateLimitStore Limits { get; }

    public override IAttachmentStore Attachments { get; }

    public override DateTimeOffset Now => _time.Now;

    public override ValueTask AdvanceAsync(TimeSpan by)
    {
        if (_reopens)
        {
            _store.Dispose();
            _store = Open();
        }

        _time.Advance(by);
        return ValueTask.CompletedTask;
    }

    public override ValueTask DisposeAsync()
    {
        _store.Dispose();
        _directory.Dispose();
        return ValueTask.CompletedTask;
    }

    private JournalStore Open() => Journals.Open(_directory.Path, _time, configure: o => o.SegmentSize = 256 * 1024, keepsClaims: true);
}
