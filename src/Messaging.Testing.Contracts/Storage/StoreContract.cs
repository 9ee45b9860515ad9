using Messaging.Storage;
using Xunit;

namespace Messaging.Testing.Contracts.Storage;

/// <summary>What all suites of storage share: a store of its own for every test, and short words for what tests do with it.</summary>
public abstract class StoreContract : IAsyncLifetime
{
    /// <summary>How long a claim of these tests holds.</summary>
    protected static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    private StoreFixture? _fixture;

    /// <summary>Gets the store under test.</summary>
    protected StoreFixture Fixture => _fixture ?? throw new InvalidOperationException("The store is made before each test.");

    /// <summary>Gets what the store's clock shows.</summary>
    protected DateTimeOffset Now => Fixture.Now;

    /// <inheritdoc/>
    public async Task InitializeAsync() => _fixture = await CreateAsync();

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        if (_fixture is not null)
        {
            await _fixture.DisposeAsync();
        }
    }

    /// <summary>Makes an empty store.</summary>
    protected abstract ValueTask<StoreFixture> CreateAsync();

    /// <summary>Commits one change.</summary>
    protected async Task<ChangeResult> CommitAsync(Change change) => Assert.Single(await Fixture.Store.CommitAsync([change], default));

    /// <summary>Commits changes together.</summary>
    protected async Task<ChangeStatus[]> CommitAsync(params IReadOnlyList<Change> changes) =>
        [.. (await Fixture.Store.CommitAsync(changes, default)).Select(result => result.Status)];

    /// <summary>Commits a change that must be applied.</summary>
    protected async Task ApplyAsync(Change change) => Assert.Equal(ChangeStatus.Applied, (await CommitAsync(change)).Status);

    /// <summary>Accepts deliveries, each with a message of its own.</summary>
    protected async Task AcceptAsync(params IReadOnlyList<StoredDelivery> deliveries)
    {
        var results = await Fixture.Store.CommitAsync([.. deliveries.Select(delivery => Some.Accept(delivery))], default);
        Assert.All(results, result => Assert.Equal(ChangeStatus.Applied, result.Status));
    }

    /// <summary>Accepts one delivery.</summary>
    protected async Task<StoredDelivery> AcceptAsync(Func<StoredDelivery, StoredDelivery>? change = null)
    {
        var delivery = Some.StoredDelivery();
        delivery = change?.Invoke(delivery) ?? delivery;
        await AcceptAsync([delivery]);
        return delivery;
    }

    /// <summary>Claims what there is, up to a number.</summary>
    protected async Task<IReadOnlyList<LeasedWork>> ClaimAsync(int max = 100, IReadOnlyList<int>? reserved = null, params IReadOnlyList<WorkKind> kinds) =>
        await Fixture.Queue.ClaimAsync(new ClaimRequest { Max = max, LeaseFor = Lease, Owner = "test", Reserved = reserved ?? [], Kinds = kinds }, default);

    /// <summary>Claims the only piece of work there is.</summary>
    protected async Task<LeasedWork> ClaimOneAsync() => Assert.Single(await ClaimAsync());

    /// <summary>Accepts one delivery and claims it.</summary>
    protected async Task<LeasedWork> AcceptAndClaimAsync(Func<StoredDelivery, StoredDelivery>? change = null)
    {
        var delivery = await AcceptAsync(change);
        return Assert.Single(await ClaimAsync(), work => work.Delivery?.Delivery.Id == delivery.Id);
    }

    /// <summary>Accepts one delivery that ends as a dead letter.</summary>
    protected async Task<StoredDelivery> AcceptAndBuryAsync(Func<StoredDelivery, StoredDelivery>? change = null)
    {
        var work = await AcceptAndClaimAsync(change);
        await ApplyAsync(Settle(Dead(work)));
        return work.Delivery!.Delivery;
    }

    /// <summary>Makes a change that settles.</summary>
    protected static Change Settle(params IReadOnlyList<Settlement> settlements) => new() { Settles = settlements };

    /// <summary>Makes a change that does something to one delivery.</summary>
    protected Change Command(DeliveryCommandType type, StoredDelivery delivery, Why? why = null)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        return new() { Commands = [new DeliveryCommand(type, delivery.Tenant, delivery.Id, Now, why)] };
    }

    /// <summary>Makes a change that records a report.</summary>
    protected Change Report(StoredDelivery delivery, MessageEventType type, string? key = null, DateTimeOffset? at = null) =>
        new() { Events = [Event(delivery, type, key, at)] };

    /// <summary>Makes a report.</summary>
    protected StoredEvent Event(StoredDelivery delivery, MessageEventType type, string? key = null, DateTimeOffset? at = null)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        return new()
        {
            Key = key ?? Some.Id().ToString(),
            Tenant = delivery.Tenant,
            DeliveryId = delivery.Id,
            Type = type,
            OccurredAt = at ?? Now,
            ReceivedAt = Now,
            Account = "email",
        };
    }

    /// <summary>Makes a settlement: the provider took it.</summary>
    protected Settlement Sent(LeasedWork work, string? providerId = null) =>
        Next(work, WorkState.Done) with { Attempt = Attempt(MessageEventType.Submitted), Proves = MessageEventType.Submitted, ProviderId = providerId };

    /// <summary>Makes a settlement: again later.</summary>
    protected Settlement Retry(LeasedWork work, TimeSpan after) =>
        Next(work, WorkState.Waiting) with
        {
            DueAt = Now + after,
            Attempt = Attempt(MessageEventType.Deferred),
            Why = new Why(WhyCodes.Retry, "The server asked to come back."),
        };

    /// <summary>Makes a settlement: attempts are used up.</summary>
    protected Settlement Dead(LeasedWork work) =>
        Next(work, WorkState.Done) with
        {
            Attempt = Attempt(MessageEventType.Rejected),
            Proves = MessageEventType.Dead,
            DeadLetter = true,
            Why = new Why(WhyCodes.AttemptsExhausted, "All attempts are used up."),
        };

    /// <summary>Makes a settlement: held under a key.</summary>
    protected Settlement Park(LeasedWork work, string key) =>
        Next(work, WorkState.Parked) with { ParkKey = key, Why = new Why(WhyCodes.Paused, "Paused.") };

    /// <summary>Makes a settlement without an attempt.</summary>
    protected Settlement Next(LeasedWork work, WorkState next)
    {
        ArgumentNullException.ThrowIfNull(work);
        return new() { Lease = work.Lease, Next = next, At = Now };
    }

    /// <summary>Makes the outcome of a provider call.</summary>
    protected AttemptOutcome Attempt(MessageEventType result, string account = "email") =>
        new(account, Now, TimeSpan.FromMilliseconds(12), result);

    /// <summary>Reads where a delivery stands.</summary>
    protected async Task<DeliveryState> StateAsync(StoredDelivery delivery) => (await RecordAsync(delivery)).State;

    /// <summary>Reads a delivery that must be there.</summary>
    protected async Task<DeliveryRecord> RecordAsync(StoredDelivery delivery)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        var found = await Fixture.Reader.GetDeliveryAsync(delivery.Tenant, delivery.Id, default);
        Assert.NotNull(found);
        return found;
    }

    /// <summary>Makes a piece of work that is ready.</summary>
    protected WorkItem Item(WorkKind kind = WorkKind.NotifyHost) => new()
    {
        Id = Some.Id(),
        Kind = kind,
        Tenant = TenantId.Default,
        DueAt = Now,
        Payload = "about"u8.ToArray(),
    };
}
