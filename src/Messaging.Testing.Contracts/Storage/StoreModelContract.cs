using FsCheck;
using FsCheck.Fluent;
using Messaging.Testing.Contracts.Storage.Model;
using Xunit;

namespace Messaging.Testing.Contracts.Storage;

/// <summary>Whatever happens to a store in whatever order, it says what the simplest store says. Derive once per store.</summary>
public abstract class StoreModelContract : StoreContract
{
    /// <summary>Gets how many random stories are tried.</summary>
    protected virtual int Runs => 200;

    /// <summary>Gets how many steps a story has at the most.</summary>
    protected virtual int Steps => 80;

    [Fact]
    public void Store_AnyStory_SaysWhatTheModelSays()
    {
        var step = from what in Gen.Choose(0, 12) from first in Gen.Choose(0, 999) from second in Gen.Choose(0, 999) select new Step(what, first, second);
        var stories = Gen.Choose(1, Steps).SelectMany(count => step.ArrayOf(count)).ToArbitrary();
        Prop.ForAll(stories, RunAsync).Check(Config.QuickThrowOnFailure.WithMaxTest(Runs).WithQuietOnSuccess(true));
    }

    private async Task RunAsync(Step[] steps)
    {
        await using var store = await CreateAsync();
        await new ModelRun(store, Lease).RunAsync(steps);
    }
}
