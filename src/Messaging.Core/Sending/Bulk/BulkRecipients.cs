using System.Collections;

namespace Messaging.Sending;

/// <summary>The recipients of a chunk, without a list of their own.</summary>
internal sealed class BulkRecipients(List<BulkItem> items) : IReadOnlyList<Recipient>
{
    public int Count => items.Count;

    public Recipient this[int index] => items[index]?.To!;

    public IEnumerator<Recipient> GetEnumerator() => items.Select(item => item?.To!).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
