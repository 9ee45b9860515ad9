namespace Messaging.Gates;

public sealed class SuppressionsTests : IDisposable
{
    private static readonly Suppression Base = new()
    {
        Tenant = TenantId.Default,
        Address = new(ChannelKinds.Email, "anna@example.com"),
        Reason = SuppressionReason.Manual,
        Source = "operator",
    };

    private readonly GateHarness _harness = new();

    private ISuppressions Suppressions => _harness.Suppressions;

    [Theory]
    [InlineData(SuppressionReason.Manual, SuppressionReason.Unsubscribed)]
    [InlineData(SuppressionReason.Unsubscribed, SuppressionReason.Manual)]
    [InlineData(SuppressionReason.Complaint, SuppressionReason.HardBounce)]
    public async Task AddAsync_TwoReasons_TheStrongerStands(SuppressionReason first, SuppressionReason second)
    {
        await Suppressions.AddAsync(Base with { Reason = first });

        var stands = await Suppressions.AddAsync(Base with { Reason = second, Source = "webhook" });

        var strongest = first > second ? first : second;
        Assert.Equal(strongest, stands.Reason);
        Assert.Equal(strongest, Assert.Single(await FindAsync()).Reason);
    }

    [Fact]
    public async Task AddAsync_SameReasonTwice_KeepsTheFirstSourceAndTheLongerTime()
    {
        var now = _harness.Clock.Now;
        await Suppressions.AddAsync(Base with { Until = now.AddDays(7) });
        _harness.Clock.Advance(TimeSpan.FromHours(1));

        var stands = await Suppressions.AddAsync(Base with { Source = "other", Until = now.AddDays(1) });

        Assert.Equal((Base.Source, now, now.AddDays(7)), (stands.Source, stands.Since, stands.Until));
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public async Task AddAsync_NotExactlyOneOfAddressAndContact_IsRefused(bool address, bool contact) =>
        await Assert.ThrowsAsync<ArgumentException>(() => Suppressions.AddAsync(Base with
        {
            Address = address ? Base.Address : null,
            ContactId = contact ? Testing.Some.ContactId() : null,
        }).AsTask());

    [Fact]
    public async Task AddAsync_InvalidAddress_IsRefusedWithoutRepeatingIt()
    {
        var error = await Assert.ThrowsAsync<ArgumentException>(() =>
            Suppressions.AddAsync(Base with { Address = new(ChannelKinds.Email, "secret\r\nname") }).AsTask());

        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SuppressionReason.Unsubscribed, false, false)]
    [InlineData(SuppressionReason.Unsubscribed, true, true)]
    [InlineData(SuppressionReason.Manual, false, true)]
    [InlineData(SuppressionReason.Manual, true, false)]
    [InlineData(SuppressionReason.HardBounce, false, true)]
    public async Task RemoveAsync_ByOperatorOrRecipient_LiftsWhatIsTheirsToLift(SuppressionReason reason, bool byRecipient, bool lifted)
    {
        await Suppressions.AddAsync(Base with { Reason = reason });

        Assert.Equal(lifted, await Suppressions.RemoveAsync(Base, byRecipient));

        Assert.Equal(lifted, (await FindAsync()).Count == 0);
    }

    [Fact]
    public async Task RemoveAsync_RecipientComesBack_OperatorsOwnWordStays()
    {
        await Suppressions.AddAsync(Base);
        await Suppressions.AddAsync(Base with { Reason = SuppressionReason.Unsubscribed });

        Assert.False(await Suppressions.RemoveAsync(Base, byRecipient: true));

        Assert.Equal(SuppressionReason.Manual, Assert.Single(await FindAsync()).Reason);
    }

    [Fact]
    public async Task RemoveAsync_OtherCategory_LeavesTheFirst()
    {
        await Suppressions.AddAsync(Base with { Category = Categories.Marketing });

        Assert.False(await Suppressions.RemoveAsync(Base));
        Assert.True(await Suppressions.RemoveAsync(Base with { Category = Categories.Marketing }));
        Assert.False(await Suppressions.RemoveAsync(Base with { Category = Categories.Marketing }));
    }

    [Fact]
    public async Task FindAsync_Contact_ListsWhatStandsAndNotWhatEnded()
    {
        var anna = Testing.Some.ContactId();
        var ofAnna = Base with { Address = null, ContactId = anna };
        await Suppressions.AddAsync(ofAnna with { Category = "news", Until = _harness.Clock.Now.AddDays(1) });
        await Suppressions.AddAsync(ofAnna with { Kind = ChannelKinds.Sms });
        _harness.Clock.Advance(TimeSpan.FromDays(1));

        var found = Assert.Single(await Suppressions.FindAsync(TenantId.Default, anna));

        Assert.Equal((anna, ChannelKinds.Sms, null), (found.ContactId, found.Kind, found.Category));
    }

    [Fact]
    public async Task AddAsync_AddressLongerThanAKey_IsFoundAgain()
    {
        var endpoint = new Address("push", "https://push.example.com/" + new string('x', 450));
        await Suppressions.AddAsync(Base with { Address = endpoint });

        Assert.Equal(endpoint, Assert.Single(await Suppressions.FindAsync(TenantId.Default, endpoint)).Address);
    }

    [Fact]
    public async Task AddAsync_OtherNodeIsFaster_LosesNeither()
    {
        var store = new RacingStore(_harness.Store);
        var slow = new Suppressions(_harness.Book, new EntityEditor(_harness.Store, store), new Sending.AddressBook([]), _harness.Clock);
        store.Meanwhile.Enqueue(() => Suppressions.AddAsync(Base with { Category = "news" }).AsTask());

        await slow.AddAsync(Base with { Category = Categories.Marketing });

        Assert.Equal(2, (await FindAsync()).Count);
    }

    public void Dispose() => _harness.Dispose();

    private ValueTask<IReadOnlyList<Suppression>> FindAsync() => Suppressions.FindAsync(TenantId.Default, Base.Address!.Value);
}
