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
    private readonly bool _compacts;
    private readonly bool _isCold;
    private JournalStore _store;

    /// <param name="reopens">Whether the store is closed and opened again whenever time passes.</param>
    /// <param name="compacts">Whether a snapshot is taken before that, and contents hardly find room in memory.</param>
    /// <param name="isCold">Whether memory holds nothing that is not being looked at: all history, and all else, is read from files.</param>
    public JournalStoreFixture(bool reopens = false, bool compacts = false, bool isCold = false)
    {
        (_reopens, _compacts, _isCold) = (reopens, compacts, isCold);
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

    public override async ValueTask AdvanceAsync(TimeSpan by)
    {
        if (_compacts)
        {
            await _store.CompactAsync();
        }

        if (_reopens)
        {
            _store.Dispose();
            _store = Open();
        }

        _time.Advance(by);
    }

    public override ValueTask DisposeAsync()
    {
        _store.Dispose();
        _directory.Dispose();
        return ValueTask.CompletedTask;
    }

    private JournalStore Open() => Journals.Open(_directory.Path, _time, configure: Configure, keepsClaims: true);

    private void Configure(JournalOptions options)
    {
        options.SegmentSize = 128 * 1024;
        options.BodiesInMemory = _compacts || _isCold ? 0 : options.BodiesInMemory;
        options.RecordsInMemory = _isCold ? 0 : options.RecordsInMemory;
    }
}
