using Messaging.Storage;

namespace Messaging;

/// <summary>What workers do to deliveries, in one line each.</summary>
internal static class StoreSteps
{
    public static async Task<ChangeStatus> ApplyAsync(this IMessageStore store, Change change) =>
        (await store.CommitAsync([change], default))[0].Status;

    public static async Task<LeasedWork> ClaimOneAsync(this IWorkQueue queue) =>
        Assert.Single(await queue.ClaimAsync(new ClaimRequest { Max = 1, LeaseFor = TimeSpan.FromMinutes(1), Owner = "test" }, default));

    /// <summary>Claims the next delivery and ends it with a provider call.</summary>
    public static async Task AttemptAsync<TStore>(this TStore store, MessageEventType result, DateTimeOffset at, bool deadLetter = false)
        where TStore : IMessageStore, IWorkQueue
    {
        var claimed = await store.ClaimOneAsync();
        var settlement = new Settlement
        {
            Lease = claimed.Lease,
            Next = WorkState.Done,
            Attempt = new AttemptOutcome("email", at, TimeSpan.FromMilliseconds(20), result) { ProviderCode = "250" },
            Proves = result,
            At = at,
            ProviderId = result == MessageEventType.Submitted ? "p-" + claimed.Lease.WorkId : null,
            DeadLetter = deadLetter,
        };
        Assert.Equal(ChangeStatus.Applied, await store.ApplyAsync(new Change { Settles = [settlement] }));
    }
}
