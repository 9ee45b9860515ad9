using Xunit;

namespace Messaging.Testing.Contracts.Storage;

/// <summary>The promises of <see cref="Messaging.Storage.IAttachmentStore"/>. Derive once per store.</summary>
public abstract class AttachmentStoreContract : StoreContract
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3_000_000)]
    public async Task Put_Bytes_AreOpenedAsTheyWere(int length)
    {
        var bytes = Bytes(length);
        var key = await PutAsync(TenantId.Default, bytes);

        Assert.Equal(bytes, await ReadAsync(TenantId.Default, key));
        Assert.Equal(bytes, await ReadAsync(TenantId.Default, key));
    }

    [Fact]
    public async Task Put_StreamInSmallPieces_IsReadToItsEnd()
    {
        var bytes = Bytes(10_000);
        await using var content = new TricklingStream(bytes);

        var key = await Fixture.Attachments.PutAsync(TenantId.Default, content, default);

        Assert.Equal(bytes, await ReadAsync(TenantId.Default, key));
    }

    [Fact]
    public async Task Put_SameBytesTwice_CanBeDeletedApart()
    {
        var (one, two) = (await PutAsync(TenantId.Default, Bytes(9)), await PutAsync(TenantId.Default, Bytes(9)));

        await Fixture.Attachments.DeleteAsync(TenantId.Default, one, default);

        Assert.Equal(Bytes(9), await ReadAsync(TenantId.Default, two));
    }

    [Fact]
    public async Task Open_UnknownDeletedOrAnotherTenants_Throws()
    {
        var key = await PutAsync(TenantId.Default, Bytes(9));
        await Assert.ThrowsAsync<FileNotFoundException>(() => ReadAsync(Some.Tenant(), key));
        await Assert.ThrowsAsync<FileNotFoundException>(() => ReadAsync(TenantId.Default, "never"));

        await Fixture.Attachments.DeleteAsync(TenantId.Default, key, default);
        await Fixture.Attachments.DeleteAsync(TenantId.Default, key, default);

        await Assert.ThrowsAsync<FileNotFoundException>(() => ReadAsync(TenantId.Default, key));
    }

    [Fact]
    public async Task Delete_AnotherTenants_LeavesIt()
    {
        var key = await PutAsync(TenantId.Default, Bytes(9));

        await Fixture.Attachments.DeleteAsync(Some.Tenant(), key, default);

        Assert.Equal(Bytes(9), await ReadAsync(TenantId.Default, key));
    }

    [Fact]
    public async Task Open_WhileItIsDeleted_ReadsToTheEnd()
    {
        var bytes = Bytes(200_000);
        var key = await PutAsync(TenantId.Default, bytes);
        await using var stream = await Fixture.Attachments.OpenAsync(TenantId.Default, key, default);

        await Fixture.Attachments.DeleteAsync(TenantId.Default, key, default);

        using var read = new MemoryStream();
        await stream.CopyToAsync(read);
        Assert.Equal(bytes, read.ToArray());
    }

    [Fact]
    public async Task Put_ManyAtOnce_EachHasItsOwnKey()
    {
        var keys = await Task.WhenAll(Enumerable.Range(0, 32).Select(i => Task.Run(() => PutAsync(TenantId.Default, Bytes(i)))));

        Assert.Equal(32, keys.Distinct().Count());
        for (var i = 0; i < keys.Length; i++)
        {
            Assert.Equal(i, (await ReadAsync(TenantId.Default, keys[i])).Length);
        }
    }

    private static byte[] Bytes(int length) => [.. Enumerable.Range(0, length).Select(i => (byte)(i * 31))];

    private async Task<string> PutAsync(TenantId tenant, byte[] bytes)
    {
        using var content = new MemoryStream(bytes);
        return await Fixture.Attachments.PutAsync(tenant, content, default);
    }

    private async Task<byte[]> ReadAsync(TenantId tenant, string key)
    {
        await using var stream = await Fixture.Attachments.OpenAsync(tenant, key, default);
        using var read = new MemoryStream();
        await stream.CopyToAsync(read);
        return read.ToArray();
    }

    /// <summary>A stream that gives little at a time, as networks do, and does not know its length.</summary>
    private sealed class TricklingStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;

        public override long Length => throw new NotSupportedException();

        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, 7)]);

        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, 7));

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, 7)], cancellationToken);

        public override Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken) =>
            CopyAsync(destination, cancellationToken);

        private async Task CopyAsync(Stream destination, CancellationToken cancellationToken)
        {
            var buffer = new byte[7];
            while (await ReadAsync(buffer, cancellationToken) is > 0 and var count)
            {
                await destination.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
            }
        }
    }
}
