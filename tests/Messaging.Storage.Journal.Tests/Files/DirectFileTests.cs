using Messaging.Storage.Journal.Support;

namespace Messaging.Storage.Journal.Files;

public sealed class DirectFileTests : IDisposable
{
    /// <summary>More than is put together at a time.</summary>
    private const int Size = 4 * 1024 * 1024;

    private readonly TestDirectory _directory = new();
    private readonly JournalDisk _disk;

    public DirectFileTests() => _disk = new JournalDisk(_directory.Path);

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Write_PiecesOfAnySizeOpenedAnewInBetween_ReadsAsWritten(int seed)
    {
        var random = new Random(seed);
        var expected = Make(Size);
        var (file, end) = (_disk.OpenLog("log"), 0);
        while (end < Size)
        {
            if (random.Next(8) == 0)
            {
                file.Dispose();
                file = _disk.OpenLog("log");
            }

            var piece = new byte[Math.Min(Size - end, random.Next(3) switch { 0 => random.Next(1, 600), 1 => 4096, _ => random.Next(1, Size / 2) })];
            random.NextBytes(piece);
            piece.CopyTo(expected, end);
            Write(file, piece, end, isThrough: random.Next(3) != 0);
            end += piece.Length;
            Assert.Equal(expected, Read(file));
        }

        file.Dispose();
        Assert.Equal(expected, File.ReadAllBytes(PathOf("log")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Write_SamePlaceAgain_TakesThePlaceOfTheFirstToTheEndOfTheBlock(bool isThrough)
    {
        var expected = Make(Size);
        using var file = _disk.OpenLog("log");
        byte[] before = [1, 2, 3, 4, 5], after = [6, 7, 8];
        before.CopyTo(expected, 0);
        after.CopyTo(expected, 5);
        expected[8] = (byte)(file is DirectFile ? 0 : 9);

        Write(file, before, 0, isThrough);
        Write(file, [9, 9, 9, 9], 5, isThrough);
        Write(file, after, 5, isThrough);

        Assert.Equal(expected, Read(file));
    }

    [Fact]
    public void TryWriteThrough_BehindTheEndOfTheFile_Throws()
    {
        Make(Size);
        using var file = _disk.OpenLog("log");

        Assert.Throws<IOException>(() => file.TryWriteThrough([1], Size + 10));
    }

    [Fact]
    public void TryWriteThrough_SomethingLingers_WritesNothingUntilItIsFlushed()
    {
        var expected = Make(Size);
        using var file = _disk.OpenLog("log");
        file.Write([1], 0);

        Assert.False(file.TryWriteThrough([2], 1));
        expected[0] = 1;
        Assert.Equal(expected, Read(file));

        file.Flush();
        Assert.Equal(file is DirectFile, file.TryWriteThrough([2], 1));
    }

    [Fact]
    public void OpenLog_OnLinux_WritesPastTheSystemsMemory()
    {
        Make(Size);
        using var file = _disk.OpenLog("log");

        Assert.Equal(OperatingSystem.IsLinux(), file is DirectFile);
    }

    [Fact]
    public void OpenLog_LengthIsNoNumberOfBlocks_KeepsTheLength()
    {
        var expected = Make(5000);
        using var file = _disk.OpenLog("log");
        byte[] end = [1, 2, 3];
        end.CopyTo(expected, 4997);

        Assert.False(file.TryWriteThrough(end, 4997));
        file.Write(end, 4997);

        Assert.Equal(expected, Read(file));
    }

    private static void Write(IJournalFile file, byte[] bytes, long offset, bool isThrough)
    {
        if (!isThrough)
        {
            file.Write(bytes, offset);
        }
        else if (!file.TryWriteThrough(bytes, offset))
        {
            file.Write(bytes, offset);
            file.Flush();
        }
    }

    private static byte[] Read(IJournalFile file)
    {
        var bytes = new byte[file.Length];
        Assert.Equal(bytes.Length, file.Read(bytes, 0));
        return bytes;
    }

    private byte[] Make(int size)
    {
        File.WriteAllBytes(PathOf("log"), new byte[size]);
        return new byte[size];
    }

    private string PathOf(string name) => Path.Combine(_directory.Path, name);
}
