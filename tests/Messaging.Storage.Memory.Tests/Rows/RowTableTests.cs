namespace Messaging.Storage.Memory.Rows;

public sealed class RowTableTests
{
    [Fact]
    public void Add_Many_KeepsRowsAndUsesRemovedNumbersAgain()
    {
        var table = new RowTable<long>();
        for (var i = 1; i <= 20_000; i++)
        {
            Assert.Equal(i, table.Add());
            table[i] = i * 3L;
        }

        Assert.All(Enumerable.Range(1, 20_000), row => Assert.Equal(row * 3L, table[row]));
        table.Remove(17);
        table.Remove(4_096);
        Assert.Equal((19_998, 20_001), (table.Count, table.End));

        Assert.Equal([17, 4_096], new[] { table.Add(), table.Add() }.Order());
        Assert.Equal((0L, 0L, 20_001), (table[17], table[4_096], table.Add()));
    }

    [Fact]
    public void Trim_APageTooMany_MovesThatOneAndNoMore()
    {
        const int most = 256;
        var pages = new PagesInMemory();
        var table = new RowTable<long>(bits: 4);
        table.Page(pages, most * table.PerChunk * sizeof(long));
        var largest = 0;
        for (var i = 1; i < 2 * most * table.PerChunk; i++)
        {
            table[table.Add()] = i;
            var before = pages.Count;
            table.Trim();
            largest = Math.Max(largest, pages.Count - before);
        }

        Assert.Equal((1, most), (largest, pages.Count));
        Assert.All(Enumerable.Range(1, table.Count), row => Assert.Equal(row, table[row]));
    }
}
