using Microsoft.Extensions.ObjectPool;

namespace Messaging.Sending;

/// <summary>Buffers in stock. One that grew beyond what messages need is let go.</summary>
internal sealed class BufferPool
{
    private const int MostBytes = 1024 * 1024;

    private readonly DefaultObjectPool<PayloadBuffer> _pool = new(new Policy(), maximumRetained: 128);

    public PayloadBuffer Rent() => _pool.Get();

    public void Return(PayloadBuffer buffer) => _pool.Return(buffer);

    private sealed class Policy : PooledObjectPolicy<PayloadBuffer>
    {
        public override PayloadBuffer Create() => new();

        public override bool Return(PayloadBuffer obj)
        {
            obj.Clear();
            return obj.Bytes.Capacity <= MostBytes;
        }
    }
}
