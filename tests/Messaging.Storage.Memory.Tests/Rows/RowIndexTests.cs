using FsCheck;
using FsCheck.Fluent;

namespace Messaging.Storage.Memory.Rows;

public sealed class RowIndexTests
{
    /// <summary>Adds, removes and replaces among few hashes, so that slots collide and wrap, and compares with a dictionary after each step.</summary>
    [Fact]
    public void Index_AnySteps_FindsWhatADictionaryFinds()
    {
        var steps = Gen.Choose(0, 9_999).ArrayOf().Select(numbers => numbers).ToArbitrary();
        Prop.ForAll(steps, numbers =>
        {
            var index = new RowIndex();
            var known = new Dictionary<int, int>();
            foreach (var number in numbers)
            {
                Step(index, known, key: number % 40, choice: number / 40);
                Assert.Equal(known.Count, index.Count);
                Assert.All(Enumerable.Range(0, 40), key => Assert.Equal(known.GetValueOrDefault(key), index.Find(HashOf(key), new Key(known, key))));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithQuietOnSuccess(true));
    }

    [Fact]
    public void Index_ManyRows_FindsEachAndNothingElse()
    {
        var index = new RowIndex();
        var known = Enumerable.Range(1, 100_000).ToDictionary(key => key, key => key);
        foreach (var row in known.Keys)
        {
            index.Add(SeededHash.Of((UInt128)row), row);
        }

        foreach (var row in known.Keys.Where(row => row % 3 == 0))
        {
            index.Remove(SeededHash.Of((UInt128)row), row);
        }

        Assert.All(known.Keys, row => Assert.Equal(row % 3 == 0 ? 0 : row, index.Find(SeededHash.Of((UInt128)row), new Key(known, row))));
        Assert.Equal(0, index.Find(SeededHash.Of((UInt128)200_000), new Key(known, 200_000)));
    }

    [Fact]
    public void Remove_RowThatIsNotThere_SaysThatTheIndexIsBroken()
    {
        var index = new RowIndex();
        index.Add(1, 1);

        Assert.Throws<InvalidOperationException>(() => index.Remove(1, 2));
    }

    private static void Step(RowIndex index, Dictionary<int, int> known, int key, int choice)
    {
        if (!known.TryGetValue(key, out var row))
        {
            known[key] = 1 + key + (40 * choice);
            index.Add(HashOf(key), known[key]);
        }
        else if (choice % 2 == 0)
        {
            index.Remove(HashOf(key), row);
            known.Remove(key);
        }
        else
        {
            known[key] = 1 + key + (40 * choice);
            index.Replace(HashOf(key), row, known[key]);
        }
    }

    /// <summary>One part of the index, homes at the very end and at the beginning, and hashes that two keys share.</summary>
    private static uint HashOf(int key) => 7 | ((key % 4 == 0 ? 0xFFFFFFu : (uint)(key / 2)) << 8);

    private readonly struct Key(Dictionary<int, int> known, int key) : IRowKey
    {
        public bool Is(int row) => known.GetValueOrDefault(key) == row;
    }
}
