using System.Globalization;
using Messaging.Crash.Child;
using Messaging.Crash.Counting;
using Messaging.Storage.Journal;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Messaging.Reliability;

/// <summary>A file system of a few megabytes runs full: the journal says so, loses nothing, and goes on when there is room.</summary>
public sealed class FullDiskTests
{
    private const int Ballast = 8 * 1024 * 1024;

    [Fact]
    public async Task Send_DiskFull_IsRefusedCleanlyAndGoesOnWhenThereIsRoom()
    {
        using var disk = SmallDisk.Mount(megabytes: 24);
        var ballast = disk.Fill("ballast", Ballast);
        var ledger = new Ledger();
        await using var sink = new CountingSink(ledger);
        using (var full = Host(disk, sink, sendOnly: true))
        {
            await full.StartAsync();
            var hub = full.Services.GetRequiredService<IMessageHub>();
            var refused = await FillAsync(hub, ledger);

            Assert.Equal(JournalProblem.Full, refused.Problem);
            Assert.NotEqual(0, ledger.Promised);

            File.Delete(ballast);
            var next = ledger.Promised;
            Assert.Equal(SendStatus.Accepted, (await hub.SendAsync(Booking.Request(next))).Status);
            ledger.Promise(next);
            await full.StopAsync();
        }

        using var open = Host(disk, sink, sendOnly: false);
        await open.StartAsync();
        await ledger.NothingMissingAsync().WaitAsync(TimeSpan.FromMinutes(1));
        await open.StopAsync();

        Assert.Equal(ledger.Promised, ledger.Arrived);
        Assert.Equal(0, ledger.Duplicated);
    }

    private static IHost Host(SmallDisk disk, CountingSink sink, bool sendOnly) => Sender.Build(
        m => m.UseJournal(Path.Combine(disk.Path, "journal"), o => o.SegmentSize = 1024 * 1024), sink.Port, _ => { }, sendOnly);

    /// <summary>Sends until the journal takes no more. Bodies are large, so that it does not take long.</summary>
    private static async Task<JournalException> FillAsync(IMessageHub hub, Ledger ledger)
    {
        for (var number = 0; number < 100_000; number++)
        {
            try
            {
                await hub.SendAsync(Booking.Request(number) with { Metadata = new Dictionary<string, string> { ["note"] = new('x', 2_000) } });
                ledger.Promise(number);
            }
            catch (JournalException e)
            {
                return e;
            }
        }

        throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"The disk is still not full after {ledger.Promised} messages."));
    }
}
