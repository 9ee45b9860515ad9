using Messaging.Storage.Journal.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Messaging.Storage.Journal.DependencyInjection;

public sealed class JournalStorageExtensionsTests : IDisposable
{
    private readonly TestDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void UseJournal_PathAndDelegate_AllContractsComeFromTheJournal()
    {
        using var services = Build(m => m.UseJournal(_directory.Path, o => o.SegmentSize = 1024 * 1024));

        Assert.Same(services.GetRequiredService<JournalStore>(), services.GetRequiredService<IMessageStore>());
        Assert.Same(services.GetRequiredService<JournalStore>(), services.GetRequiredService<IWorkQueue>());
        Assert.Same(services.GetRequiredService<JournalStore>(), services.GetRequiredService<IMessageReader>());
        Assert.Same(services.GetRequiredService<JournalStore>(), services.GetRequiredService<IEntityStore>());
        Assert.True(File.Exists(Path.Combine(_directory.Path, "MANIFEST")));
    }

    [Fact]
    public void UseJournal_Section_BindsTheOptions()
    {
        var section = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Path"] = _directory.Path, ["Durability"] = "LosesLastInterval", ["FlushInterval"] = "00:00:00.010",
            ["KeepCategoriesFor:promotion"] = "7.00:00:00", ["KeepContentsFor"] = "1.00:00:00",
        }).Build();

        using var services = Build(m => m.UseJournal(section));
        var options = services.GetRequiredService<IOptions<JournalOptions>>().Value;

        Assert.Equal((_directory.Path, JournalDurability.LosesLastInterval, TimeSpan.FromMilliseconds(10)), (options.Path, options.Durability, options.FlushInterval));
        Assert.Equal((TimeSpan.FromDays(7), TimeSpan.FromDays(1)), (options.KeepCategoriesFor["promotion"], options.KeepContentsFor));
    }

    [Fact]
    public void UseJournal_WrongOptions_NamesEachAndTheFix()
    {
        using var services = Build(m => m.UseJournal(o =>
        {
            (o.SegmentSize, o.KeepHistoryFor) = (1, TimeSpan.Zero);
            o.KeepCategoriesFor["promotion"] = TimeSpan.Zero;
        }));

        var failure = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IMessageStore>());

        Assert.Contains("JournalOptions.Path is empty", failure.Message, StringComparison.Ordinal);
        Assert.Contains("JournalOptions.SegmentSize is 1", failure.Message, StringComparison.Ordinal);
        Assert.Contains("JournalOptions.KeepHistoryFor", failure.Message, StringComparison.Ordinal);
        Assert.Contains("JournalOptions.KeepCategoriesFor[\"promotion\"]", failure.Message, StringComparison.Ordinal);
    }

    private static ServiceProvider Build(Action<MessagingBuilder> configure)
    {
        var services = new ServiceCollection();
        configure(new MessagingBuilder(services));
        return services.BuildServiceProvider();
    }
}
