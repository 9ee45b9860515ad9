using Messaging.Core.Fakes;
using Messaging.Storage;
using Messaging.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Messaging.Sending;

public sealed class IntakePumpTests
{
    [Fact]
    public async Task ExecuteAsync_CommitWakesIt_TakesInAtOnceAlsoWhenTheHostOnlySends()
    {
        var outbox = new FakeOutbox();
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(new ManualTimeProvider());
        services.AddSingleton<IIntakeSource>(outbox);
        services.AddMessaging(m => m.SendOnly().AddTestChannel("email"));
        await using var provider = services.BuildServiceProvider();
        var pump = provider.GetServices<IHostedService>().OfType<IntakePump>().Single();
        await pump.StartAsync(default);
        var staged = await provider.GetRequiredService<IMessageStaging>().StageAsync(Some.Request(), null, default);

        outbox.Commit(staged);

        var queue = provider.GetRequiredService<IWorkQueue>();
        await queue.WaitForWorkAsync([WorkKind.Deliver], default).AsTask().WaitAsync(TimeSpan.FromSeconds(30));
        Assert.NotNull(await provider.GetRequiredService<IMessageHistory>().GetAsync(staged.Tenant, staged.Id));
        await pump.StopAsync(default);
    }
}
