using static Messaging.Gates.GateHarness;

namespace Messaging.Gates;

public sealed class GatePipelineTests
{
    private static readonly Why No = new("no", "No.");
    private static readonly DateTimeOffset Now = Testing.Some.Instant;

    [Fact]
    public async Task EvaluateAsync_SeveralGates_AsksThemInTheirOrder()
    {
        var order = new List<string>();
        FakeGate Gate(string name, int place) => new(name, place, _ => order.Add(name));

        await new GatePipeline([Gate("c", 300), Gate("a", 100), Gate("b", 200)]).EvaluateAsync(new([Candidate()], Now), default);

        Assert.Equal(["a", "b", "c"], order);
    }

    [Fact]
    public async Task EvaluateAsync_OneStopped_LaterGatesSeeTheOthersAndTheVerdictStays()
    {
        var (stopped, passing) = (Candidate("a@example.com"), Candidate("b@example.com"));
        var later = new FakeGate("later", 2);
        var pipeline = new GatePipeline([new FakeGate("first", 1, c => { if (c == stopped) { c.Suppress(No); } }), later]);

        await pipeline.EvaluateAsync(new([passing, stopped], Now), default);

        Assert.Equal([passing], Assert.Single(later.Asked).Candidates);
        Assert.Equal((GateOutcome.Suppress, No), (stopped.Outcome, stopped.Why));
        Assert.Equal(GateOutcome.Pass, passing.Outcome);
    }

    [Fact]
    public async Task EvaluateAsync_AllStopped_AsksNoLaterGate()
    {
        var later = new FakeGate("later", 2);

        await new GatePipeline([new FakeGate("first", 1, c => c.Suppress(No)), later]).EvaluateAsync(new([Candidate()], Now), default);

        Assert.Empty(later.Asked);
    }

    [Fact]
    public async Task EvaluateAsync_AllPass_HandsOnTheSameBatch()
    {
        var batch = new GateBatch([Candidate()], Now);
        var second = new FakeGate("second", 2);

        await new GatePipeline([new FakeGate("first", 1), second]).EvaluateAsync(batch, default);

        Assert.Same(batch, Assert.Single(second.Asked));
    }

    [Fact]
    public async Task EvaluateAsync_GateThatWaits_GoesOnAfterwards()
    {
        var waiting = new TaskCompletionSource();
        var candidate = Candidate();
        var second = new FakeGate("second", 2, c => c.Suppress(No));
        var pipeline = new GatePipeline([new FakeGate("first", 1) { Until = waiting.Task }, second]);

        var asked = pipeline.EvaluateAsync(new([candidate], Now), default).AsTask();
        Assert.Empty(second.Asked);
        waiting.SetResult();
        await asked.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(GateOutcome.Suppress, candidate.Outcome);
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public async Task EvaluateAsync_MarkedGateBehindOneThatWaits_ReadsItsMarkMeanwhileAndIsAskedOnlyWithIt(bool isMarked, int asked)
    {
        var waiting = new TaskCompletionSource();
        var (marked, last) = (new FakeMarkedGate(isMarked), new FakeGate("last", 3));
        var pipeline = new GatePipeline([new FakeGate("first", 1) { Until = waiting.Task }, marked, last]);

        var evaluated = pipeline.EvaluateAsync(new([Candidate()], Now), default).AsTask();
        await marked.MarkRead.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Empty(marked.Asked);
        waiting.SetResult();
        await evaluated.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(asked, marked.Asked.Count);
        Assert.Single(last.Asked);
    }

    [Fact]
    public async Task EvaluateAsync_MarkedGateBehindOneThatWaitsAndStopsSome_SeesTheOthers()
    {
        var waiting = new TaskCompletionSource();
        var (stopped, passing) = (Candidate("a@example.com"), Candidate("b@example.com"));
        var marked = new FakeMarkedGate(isMarked: true);
        var first = new FakeGate("first", 1, c => { if (c == stopped) { c.Suppress(No); } }) { Until = waiting.Task };

        var evaluated = new GatePipeline([first, marked]).EvaluateAsync(new([stopped, passing], Now), default).AsTask();
        waiting.SetResult();
        await evaluated.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal([passing], Assert.Single(marked.Asked).Candidates);
    }

    [Fact]
    public async Task EvaluateAsync_DeferredWithoutEndOrKey_IsHeldUnderTheGatesName()
    {
        var candidate = Candidate();

        await new GatePipeline([new FakeGate("approval", 1, c => c.Defer(No))]).EvaluateAsync(new([candidate], Now), default);

        Assert.Equal("gate:approval", candidate.ParkKey);
    }

    [Fact]
    public async Task EvaluateAsync_DeferredUntil_IsNotHeld()
    {
        var candidate = Candidate();

        await new GatePipeline([new FakeGate("night", 1, c => c.Defer(No with { Until = Now.AddHours(1) }))]).EvaluateAsync(new([candidate], Now), default);

        Assert.Null(candidate.ParkKey);
    }

    [Fact]
    public async Task EvaluateAsync_GateThrows_Throws() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            new GatePipeline([new FakeGate("broken", 1, _ => throw new InvalidOperationException("broken"))])
                .EvaluateAsync(new([Candidate()], Now), default).AsTask());

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public async Task RecheckAsync_AfterWait_DecidesWhetherAllAreAsked(bool waited, int asked)
    {
        var always = new FakeGate("always", 1);
        var afterWait = new FakeGate("after_wait", 2, recheck: GateRecheck.AfterWait);

        await new GatePipeline([always, afterWait]).RecheckAsync(new([Candidate()], Now), waited, default);

        Assert.True(Assert.Single(always.Asked).BeforeSend);
        Assert.Equal(asked, afterWait.Asked.Count);
    }

    [Fact]
    public async Task ExplainAsync_SeveralSayNo_GivesEveryVerdictAndCountsNothing()
    {
        var first = new FakeGate("first", 1, c => c.Suppress(No));
        var second = new FakeGate("second", 2);
        var third = new FakeGate("third", 3, c => c.Defer(No));

        var verdicts = await new GatePipeline([first, second, third]).ExplainAsync(Candidate(), Now, default);

        Assert.Equal(
            [new("first", GateOutcome.Suppress, No), new("second", GateOutcome.Pass), new GateVerdict("third", GateOutcome.Defer, No)],
            verdicts);
        Assert.True(Assert.Single(second.Asked).DryRun);
    }

    [Fact]
    public void Constructor_TwoGatesOfOneName_NamesBoth()
    {
        var error = Assert.Throws<InvalidOperationException>(() => new GatePipeline([new FakeGate("mine", 1), new FakeGate("mine", 2)]));

        Assert.Contains("'mine'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void EvaluateAsync_NothingAgainstIt_AllocatesNothing()
    {
        using var harness = new GateHarness();
        var pipeline = new GatePipeline([new PauseGate(harness.Pauses), new SuppressionGate(harness.Book)]);
        var batch = new GateBatch([Candidate()], Now);

        // Code that is compiled anew meanwhile counts once; what each call allocates would count in every round.
        Assert.Contains(Enumerable.Range(0, 10).Select(_ => Ask(1000)), allocated => allocated == 0);

        long Ask(int times)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < times; i++)
            {
                Assert.True(IsDone(pipeline.EvaluateAsync(batch, default)));
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    private static bool IsDone(ValueTask task) => task.IsCompletedSuccessfully;
}
