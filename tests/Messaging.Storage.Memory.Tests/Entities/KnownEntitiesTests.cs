namespace Messaging.Storage.Memory;

public class KnownEntitiesTests
{
    private readonly KnownEntities<string> _known = new();

    [Fact]
    public void TryFind_Learnt_SaysWhatStandsThereOrThatNothingDoes()
    {
        _known.Learn(TenantId.Default, "a", new Versioned<string>("x", 3));
        _known.Learn(TenantId.Default, "b", null);

        Assert.True(_known.TryFind(TenantId.Default, "a", out var a));
        Assert.Equal(3, a!.Version);
        Assert.True(_known.TryFind(TenantId.Default, "b", out var b));
        Assert.Null(b);
        Assert.False(_known.TryFind(new TenantId("other"), "a", out _));
    }

    [Fact]
    public void TryFind_Forgotten_IsNotKnown()
    {
        _known.Learn(TenantId.Default, "a", null);

        _known.Forget(TenantId.Default, "a");

        Assert.False(_known.TryFind(TenantId.Default, "a", out _));
    }

    [Fact]
    public void Learn_MoreThanIsKept_ForgetsTheOthers()
    {
        for (var i = 0; i < 10_000; i++)
        {
            _known.Learn(TenantId.Default, $"{i}", null);
        }

        Assert.InRange(Enumerable.Range(0, 10_000).Count(i => _known.TryFind(TenantId.Default, $"{i}", out _)), 1, 512);
        Assert.True(_known.TryFind(TenantId.Default, "9999", out _));
    }
}
