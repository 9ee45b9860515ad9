using FsCheck;
using FsCheck.Fluent;

namespace Messaging.Storage.Memory.Slabs;

public sealed class SlabHeapTests
{
    [Fact]
    public void Heap_AnySteps_KeepsWhatIsNeededAndLetsGoOfTheRest()
    {
        var steps = Gen.Frequency((4, Gen.Choose(1, 900)), (1, Gen.Choose(5_000, 400_000)), (3, Gen.Constant(0))).ArrayOf(120).ToArbitrary();
        Prop.ForAll(steps, sizes =>
        {
            var (heap, kept) = (new SlabHeap(), new List<(long Place, byte[] Bytes)>());
            foreach (var size in sizes)
            {
                if (size > 0)
                {
                    var bytes = Bytes(size, kept.Count);
                    kept.Add((heap.Add(bytes), bytes));
                }
                else if (kept.Count > 0)
                {
                    heap.Free(kept[kept.Count / 2].Place);
                    kept.RemoveAt(kept.Count / 2);
                }
            }

            Assert.All(kept, record => Assert.True(heap.Read(record.Place).SequenceEqual(record.Bytes)));
            Assert.Equal(kept.Sum(record => record.Bytes.Length + 4L), heap.Live);
            kept.ForEach(record => heap.Free(record.Place));
            Assert.InRange(heap.Size, 0, 1024 * 1024);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(50).WithQuietOnSuccess(true));
    }

    [Fact]
    public void Get_RecordIsFreedAndOthersCome_MemoryStaysAsItWas()
    {
        var heap = new SlabHeap();
        var place = heap.Add(Bytes(1_000, 1));
        var held = heap.Get(place);
        heap.Free(place);

        for (var i = 0; i < 5_000; i++)
        {
            heap.Free(heap.Add(Bytes(1_000, 2)));
        }

        Assert.Equal(Bytes(1_000, 1), held.ToArray());
    }

    [Fact]
    public void Erase_Record_IsOverwritten()
    {
        var heap = new SlabHeap();
        var place = heap.Add(Bytes(100, 1));
        var neighbour = heap.Add(Bytes(100, 2));
        var memory = heap.Get(place);

        heap.Erase(place);

        Assert.Equal(new byte[100], memory.ToArray());
        Assert.Equal(Bytes(100, 2), heap.Read(neighbour).ToArray());
    }

    [Fact]
    public void Add_Nothing_HasNoPlace()
    {
        var heap = new SlabHeap();

        Assert.Equal(0, heap.Add([]));
        Assert.True(heap.Get(0).IsEmpty && heap.Read(0).IsEmpty);
        heap.Free(0);
        heap.Erase(0);
    }

    private static byte[] Bytes(int size, int seed)
    {
        var bytes = new byte[size];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
