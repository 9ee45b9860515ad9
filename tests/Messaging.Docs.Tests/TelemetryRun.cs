using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Messaging.Channels;
using Messaging.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Messaging.Docs;

/// <summary>Listens to a host that does everything which the suite tells of.</summary>
internal sealed class TelemetryRun
{
    private readonly ConcurrentDictionary<string, Instrument> _instruments = new();
    private readonly ConcurrentDictionary<(string Name, string Tag), bool> _tags = new();
    private readonly ConcurrentDictionary<(string Name, string Tag), bool> _spans = new();

    public IEnumerable<Instrument> Instruments => _instruments.Values;

    public IEnumerable<string> TagsOf(string instrument) => _tags.Keys.Where(key => key.Name == instrument).Select(key => key.Tag);

    public IEnumerable<string> Spans => _spans.Keys.Select(key => key.Name).Distinct();

    public IEnumerable<string> TagsOfSpan(string span) => _spans.Keys.Where(key => key.Name == span).Select(key => key.Tag);

    public async Task RunAsync()
    {
        using var spans = ListenToSpans();
        using var meters = new MeterListener();
        meters.InstrumentPublished = Publish;
        meters.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Note(instrument, tags));
        meters.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Note(instrument, tags));
        meters.Start();
        await using var services = new ServiceCollection()
            .AddMessaging(m => m.AddTestChannel("email").AddMessagingTesting())
            .BuildServiceProvider();
        await StoryAsync(services.GetRequiredService<IMessageHub>(), services.GetRequiredService<IMessageOperations>(), services.GetRequiredService<TestMessaging>());
        await KeepAsync();
        meters.RecordObservableInstruments();
    }

    /// <summary>Sends on a journal.</summary>
    private static async Task KeepAsync()
    {
        var folder = Directory.CreateTempSubdirectory("messaging-telemetry-");
        await using (var services = new ServiceCollection().AddMessaging(m => m.UseJournal(folder.FullName).AddTestChannel("email")).BuildServiceProvider())
        {
            await services.GetRequiredService<IMessageHub>().SendAsync(Some.Request());
        }

        folder.Delete(recursive: true);
    }

    /// <summary>Sends, is paused, fails until the breaker opens, recovers, and hears of it.</summary>
    private static async Task StoryAsync(IMessageHub hub, IMessageOperations operations, TestMessaging messaging)
    {
        var receipt = await hub.SendAsync(Some.Request());
        await operations.PauseAsync(new(TenantId.Default, Account: "email"), "outage");
        await messaging.DrainAsync();
        await operations.ResumeAsync(new(TenantId.Default, Account: "email"));
        await messaging.DrainAsync();
        await messaging.ReportDeliveredAsync(receipt.MessageId);
        messaging.When().Returns(new SendResult.NotSent("connection refused")).Times(40);
        for (var i = 0; i < 60; i++)
        {
            await hub.SendAsync(Some.Request());
        }

        await messaging.AdvanceAsync(TimeSpan.FromHours(12));
    }

    private ActivityListener ListenToSpans()
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Messaging",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                foreach (var (tag, _) in activity.TagObjects)
                {
                    _spans[(activity.OperationName, tag)] = true;
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private void Publish(Instrument instrument, MeterListener listener)
    {
        if (instrument.Meter.Name == "Messaging")
        {
            _instruments[instrument.Name] = instrument;
            listener.EnableMeasurementEvents(instrument);
        }
    }

    private void Note(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (var (tag, _) in tags)
        {
            _tags[(instrument.Name, tag)] = true;
        }
    }
}
