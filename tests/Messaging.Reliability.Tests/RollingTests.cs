using Messaging.Crash.Child;

namespace Messaging.Reliability;

/// <summary>Two processes share one PostgreSQL under traffic, and are replaced one by one: nothing is refused, lost or sent twice, and mails never cease.</summary>
public sealed class RollingTests
{
    /// <summary>
    /// The longest time without a mail while one process is down: a third of the leases, which the other must not have to wait for. On a quiet machine it is
    /// a fraction of a second; a crowded one stands still by itself.
    /// </summary>
    private static readonly TimeSpan s_longestGap = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Restart_OneProcessAfterTheOther_TheOtherGoesOnAndNothingIsLostOrSentTwice()
    {
        await using var fleet = await Fleet.AssembleAsync();
        var nodes = new[] { await fleet.StartAsync(), await fleet.StartAsync() };
        for (var round = 0; round < 4; round++)
        {
            await fleet.TrafficAsync();
            await Fleet.StopAsync(nodes[round % 2]);
            await fleet.TrafficAsync();
            nodes[round % 2] = await fleet.StartAsync();
        }

        await fleet.TrafficAsync();
        await Fleet.StopAsync(nodes[0]);
        await fleet.EndAsync(nodes[1]);

        AssertNothingHappened(fleet);
    }

    [Fact]
    public async Task Upgrade_TheNewOneMovesTheSchemaOn_TheOldOneGoesOnAndNothingIsLostOrSentTwice()
    {
        await using var fleet = await Fleet.AssembleAsync();
        var before = await fleet.StartAsync();
        await fleet.TrafficAsync();
        var after = await fleet.StartAsync(versionsAhead: 1);
        await fleet.TrafficAsync();
        await LaterSchema.Of(fleet.Store, versionsAhead: 1).CheckAsync();

        // The old packages may even start anew: it is how one rolls back.
        var another = await fleet.StartAsync();
        await fleet.TrafficAsync();
        await Fleet.StopAsync(another);
        await fleet.TrafficAsync();
        await Fleet.StopAsync(before);
        await fleet.TrafficAsync();
        await fleet.EndAsync(after, versionsAhead: 1);

        AssertNothingHappened(fleet);
    }

    [Fact]
    public async Task Start_SchemaTwoVersionsAhead_IsRefusedWhileTheOthersGoOn()
    {
        await using var fleet = await Fleet.AssembleAsync();
        var after = await fleet.StartAsync(versionsAhead: 1);
        await fleet.TrafficAsync();
        await LaterSchema.Of(fleet.Store, versionsAhead: 2).EnsureSchemaAsync();

        var refusal = await fleet.FailToStartAsync();

        Assert.Contains("MessagingSchemaException: The suite's tables in the database have version", refusal, StringComparison.Ordinal);
        Assert.Contains("Update the Messaging packages of this process.", refusal, StringComparison.Ordinal);
        await fleet.TrafficAsync();
        await Fleet.StopAsync(after);
        Assert.Equal(0, fleet.Ledger.Duplicated);
    }

    private static void AssertNothingHappened(Fleet fleet)
    {
        Assert.Empty(fleet.Ledger.Lost);
        Assert.Equal(0, fleet.Ledger.Duplicated);
        Assert.InRange(fleet.Ledger.LongestGap, TimeSpan.Zero, s_longestGap);
    }
}
