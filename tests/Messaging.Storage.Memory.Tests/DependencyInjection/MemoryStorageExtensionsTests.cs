using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NSubstitute;

namespace Messaging.Storage.Memory.DependencyInjection;

public sealed class MemoryStorageExtensionsTests
{
    [Fact]
    public void AddMemoryMessagingStore_Alone_ServesEveryContractFromOneStore()
    {
        using var services = new ServiceCollection().AddMemoryMessagingStore().AddMemoryMessagingStore().BuildServiceProvider(validateScopes: true);

        var store = services.GetRequiredService<MemoryStore>();
        Assert.All(
            new object[]
            {
                services.GetRequiredService<IMessageStore>(), services.GetRequiredService<IWorkQueue>(),
                services.GetRequiredService<IMessageReader>(), services.GetRequiredService<IEntityStore>(),
            },
            service => Assert.Same(store, service));
        Assert.IsType<MemoryRateLimitStore>(Assert.Single(services.GetServices<IRateLimitStore>()));
        Assert.IsType<MemoryAttachmentStore>(Assert.Single(services.GetServices<IAttachmentStore>()));
    }

    [Fact]
    public void AddMemoryMessagingStore_AfterAnother_LeavesThatAlone()
    {
        var attachments = Substitute.For<IAttachmentStore>();
        using var services = new ServiceCollection().AddSingleton(attachments).AddMemoryMessagingStore().BuildServiceProvider();

        Assert.Same(attachments, services.GetRequiredService<IAttachmentStore>());
    }

    [Fact]
    public void UseMemory_AfterAnother_TakesItsPlaceAndReadsItsOptions()
    {
        var collection = new ServiceCollection().AddSingleton(Substitute.For<IMessageStore>());
        new MessagingBuilder(collection).UseMemory(options => options.KeepHistoryFor = TimeSpan.FromHours(2));
        using var services = collection.BuildServiceProvider();

        Assert.IsType<MemoryStore>(services.GetRequiredService<IMessageStore>());
        Assert.Equal(TimeSpan.FromHours(2), services.GetRequiredService<IOptions<MemoryStoreOptions>>().Value.KeepHistoryFor);
    }

    [Theory]
    [InlineData(0, 24, nameof(MemoryStoreOptions.KeepHistoryFor))]
    [InlineData(24, 0, nameof(MemoryStoreOptions.KeepStatisticsFor))]
    [InlineData(24 * 4_000, 24, nameof(MemoryStoreOptions.KeepHistoryFor))]
    public void Options_OutOfRange_NameTheOption(int history, int statistics, string option)
    {
        var collection = new ServiceCollection();
        new MessagingBuilder(collection).UseMemory(options =>
            (options.KeepHistoryFor, options.KeepStatisticsFor) = (TimeSpan.FromHours(history), TimeSpan.FromHours(statistics)));
        using var services = collection.BuildServiceProvider();

        var failure = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<MemoryStore>());

        Assert.Contains(option, failure.Message, StringComparison.Ordinal);
    }
}
