using FsCheck;
using FsCheck.Fluent;

namespace Messaging.Storage.Memory.Rows;

public sealed class SortedRowsTests
{
    [Fact]
    public void Rows_AnySteps_StandInOrderFromAnyPlace()
    {
        var steps = Gen.Choose(1, 300).ArrayOf(600).ToArbitrary();
        Prop.ForAll(steps, Gen.Choose(0, 301).ToArbitrary(), (rows, from) =>
        {
            var (sorted, known) = (new SortedRows(), new SortedSet<int>());
            foreach (var row in rows)
            {
                if (known.Add(row))
                {
                    sorted.Add(new Probe(row), row);
                }
                else
                {
                    known.Remove(row);
                    Assert.True(sorted.Remove(new Probe(row)));
                }
            }

            Assert.Equal(known.Count, sorted.Count);
            Assert.Equal(known.Where(row => row >= from), sorted.From(sorted.Seek(new Probe(from))));
            Assert.Equal(known.Where(row => row < from).Reverse(), sorted.Before(sorted.Seek(new Probe(from))));
            Assert.Equal(known.Reverse(), sorted.Downwards());
            Assert.Equal(known.Contains(from) ? from : 0, sorted.Find(new Probe(from)));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(100).WithQuietOnSuccess(true));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void Add_ManyInARow_KeepsOrder(int direction)
    {
        var sorted = new SortedRows();
        foreach (var row in Enumerable.Range(1, 20_000).OrderBy(row => row * direction))
        {
            sorted.Add(new Probe(row), row);
        }

        Assert.Equal(Enumerable.Range(1, 20_000), sorted.From(default));
        Assert.False(sorted.Remove(new Probe(20_001)));
    }

    private readonly struct Probe(int value) : IRowProbe
    {
        public int CompareTo(int row) => value.CompareTo(row);
    }
}
