using FsCheck;
using FsCheck.Fluent;

namespace Messaging.Storage;

public sealed class EvidenceTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 10, 0, 0, TimeSpan.Zero);

    private static readonly Gen<EvidenceEntry> Facts =
        from type in Gen.Elements(Enum.GetValues<MessageEventType>())
        from generation in Gen.Choose(0, 2)
        from at in Gen.Choose(0, 20)
        select new EvidenceEntry(type, generation, Start.AddMinutes(at), Start.AddMinutes(at));

    private static readonly Arbitrary<Evidence> Any = Facts.ListOf().Select(list => Evidence.From([.. list])).ToArbitrary();

    [Fact]
    public void Merge_AnyTwo_Commutes() => Prop.ForAll(Any, Any, (a, b) => a.Merge(b).Equals(b.Merge(a))).QuickCheckThrowOnFailure();

    [Fact]
    public void Merge_AnyThree_Associates() =>
        Prop.ForAll(Any, Any, Any, (a, b, c) => a.Merge(b).Merge(c).Equals(a.Merge(b.Merge(c)))).QuickCheckThrowOnFailure();

    [Fact]
    public void Merge_Again_ChangesNothing() =>
        Prop.ForAll(Any, Any, (a, b) => a.Merge(b).Merge(b).Equals(a.Merge(b)) && ReferenceEquals(a.Merge(a), a)).QuickCheckThrowOnFailure();

    [Fact]
    public void Merge_OrderedAndWithoutRepeats_Always() => Prop.ForAll(Any, Any, (a, b) =>
    {
        var keys = a.Merge(b).Entries.Select(entry => (entry.Generation, (int)entry.Type)).ToList();
        return keys.SequenceEqual(keys.Distinct().Order());
    }).QuickCheckThrowOnFailure();

    /// <summary>Up to five facts in every order, each perhaps twice: one answer, and one status.</summary>
    [Fact]
    public void With_EveryPermutationWithRepeats_GivesOneAnswer()
    {
        var facts = Facts.ListOf(5).ToArbitrary();
        Prop.ForAll(facts, list =>
        {
            var expected = Evidence.From([.. list]);
            var status = DeliveryStatusProjection.Project(WorkState.Done, 1, expected);
            return Permutations([.. list]).All(order =>
            {
                var folded = order.Concat(order.Take(2)).Aggregate(Evidence.None, (known, fact) => known.With(fact.Type, fact.First, fact.Generation));
                return folded.Equals(expected)
                    && folded.GetHashCode() == expected.GetHashCode()
                    && DeliveryStatusProjection.Project(WorkState.Done, 1, folded) == status;
            });
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Queries_AnyEvidence_AnswerAsAScanDoes() => Prop.ForAll(Any, evidence =>
        Enum.GetValues<MessageEventType>().All(type =>
        {
            var all = evidence.Entries.Where(entry => entry.Type == type).ToList();
            return evidence.Has(type) == all.Count > 0
                && evidence.First(type) == all.Min(entry => (DateTimeOffset?)entry.First)
                && evidence.Last(type) == all.Max(entry => (DateTimeOffset?)entry.Last)
                && Enumerable.Range(0, 4).All(generation =>
                    evidence.Has(type, generation) == all.Any(entry => entry.Generation == generation)
                    && evidence.Last(type, generation) == all.Where(entry => entry.Generation == generation).Max(entry => (DateTimeOffset?)entry.Last));
        })).QuickCheckThrowOnFailure();

    [Fact]
    public void With_SameFactLater_KeepsFirstAndLast()
    {
        var evidence = Evidence.None
            .With(MessageEventType.Opened, Start.AddMinutes(5))
            .With(MessageEventType.Opened, Start)
            .With(MessageEventType.Opened, Start.AddMinutes(9));

        var entry = Assert.Single(evidence.Entries);
        Assert.Equal((Start, Start.AddMinutes(9)), (entry.First, entry.Last));
    }

    [Fact]
    public void With_KnownAlready_ReturnsTheSame()
    {
        var evidence = Evidence.None.With(MessageEventType.Sent, Start).With(MessageEventType.Sent, Start.AddHours(2));

        Assert.Same(evidence, evidence.With(MessageEventType.Sent, Start.AddHours(1)));
    }

    private static IEnumerable<EvidenceEntry[]> Permutations(EvidenceEntry[] facts) => facts.Length <= 1
        ? [facts]
        : facts.SelectMany((first, i) => Permutations([.. facts[..i], .. facts[(i + 1)..]]).Select(rest => (EvidenceEntry[])[first, .. rest]));
}
