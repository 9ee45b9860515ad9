using Messaging.Storage.Journal.Support;

namespace Messaging.Storage.Journal.Files;

public sealed class DirectFileTests : IDisposable
{
    private const int Size = 1024 * 1024;

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

    [Fact]
    public void WriteThrough_SamePlaceAgain_TakesThePlaceOfTheFirst()
    {
        var expected = Make(Size);
        using var file = _disk.OpenLog("log");
        byte[] before = [1, 2, 3, 4, 5], after = [6, 7, 8];
        before.CopyTo(expected, 0);
        after.CopyTo(expected, 5);

        file.WriteThrough(before, 0);
        file.WriteThrough([9, 9, 9, 9], 5);
        file.WriteThrough(after, 5);

        Assert.Equal(expected, Read(file));
    }

    [Fact]
    public void WriteThrough_BehindTheEndOfTheFile_Throws()
    {
        Make(Size);
        using var file = _disk.OpenLog("log");

        Assert.Throws<IOException>(() => file.WriteThrough([1], Size + 10));
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

        file.WriteThrough(end, 4997);

        Assert.Equal(expected, Read(file));
    }

    private static void Write(IJournalFile file, byte[] bytes, long offset, bool isThrough)
    {
        if (isThrough)
        {
            file.WriteThrough(bytes, offset);
        }
        else
        {
            file.Write(bytes, offset);
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
