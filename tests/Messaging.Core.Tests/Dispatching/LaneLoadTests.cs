using Messaging.Dispatching;

namespace Messaging.Core.Dispatching;

public sealed class LaneLoadTests
{
    [Theory]
    [InlineData(63, 63, 1, false)] // the callers are not kept busy yet
    [InlineData(64, 64, 1, true)]
    [InlineData(64, 0, 1, false)] // somebody else's queue does not put off who has nothing here
    [InlineData(200, 32, 2, true)]
    [InlineData(200, 31, 2, false)]
    [InlineData(200, 1, 100, true)]
    [InlineData(255, 0, 255, false)]
    [InlineData(256, 0, 256, true)] // all together fill the lane
    public void IsFullFor_ACountOfTheTenantAmongOthers_CountsItsShare(int count, int own, int tenants, bool full) =>
        Assert.Equal(full, new LaneLoad(TimeSpan.FromSeconds(5), TimeSpan.FromMilliseconds(10), count, own, tenants).IsFullFor(64));
}
