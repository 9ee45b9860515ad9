using FsCheck;
using FsCheck.Fluent;

namespace Messaging.Storage.Memory.Queue;

public sealed class WorkHeapTests
{
    [Fact]
    public void Heap_AnySteps_YieldsTheEarliestAndFirstCome()
    {
        var steps = Gen.Choose(0, 5_000).ArrayOf(200).ToArbitrary();
        Prop.ForAll(steps, numbers =>
        {
            var rows = new RowTable<WorkRow>();
            var (heap, known) = (new WorkHeap(rows), new List<(long At, long Sequence, int Row)>());
            foreach (var number in numbers)
            {
                Step(heap, rows, known, number);
                Assert.Equal(known.Count, heap.Count);
                Assert.Equal(known.Count == 0 ? long.MaxValue : known.Min().At, heap.FirstAt);
            }

            Assert.All(known, entry => Assert.Equal(entry.At, heap.AtOf(entry.Row)));
            var due = new List<int>();
            heap.ListDue(2_500, due);
            Assert.Equal(known.Where(entry => entry.At <= 2_500).Select(entry => entry.Row).Order(), due.Order());
            foreach (var (_, _, row) in known.Order())
            {
                Assert.Equal(row, heap.FirstRow);
                heap.Remove(row);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200).WithQuietOnSuccess(true));
    }

    private static void Step(WorkHeap heap, RowTable<WorkRow> rows, List<(long At, long Sequence, int Row)> known, int number)
    {
        if (number % 3 == 0 && known.Count > 0)
        {
            var removed = known[number % known.Count];
            known.Remove(removed);
            heap.Remove(removed.Row);
            rows.Remove(removed.Row);
            return;
        }

        var row = rows.Add();
        rows[row].Sequence = (number * 31 % 7_919 * 10_000L) + row; // no two alike, as in the queue
        heap.Add(row, number / 10 * 10);
        known.Add((number / 10 * 10, rows[row].Sequence, row));
    }
}
