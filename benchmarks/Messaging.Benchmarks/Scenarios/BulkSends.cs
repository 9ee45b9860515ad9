using Messaging.Benchmarks.Hosting;

namespace Messaging.Benchmarks.Scenarios;

internal static class BulkSends
{
    /// <summary>A bulk of raw content for the recipients from <paramref name="first"/> on.</summary>
    public static BulkRequest Request(int first, int count) => new()
    {
        Message = new SendRequest { To = default, Channel = "email", Content = SingleSends.Body },
        Items = Items(first, count, i => new BulkItem(Recipient.Email(Numbers.Address(i)))),
    };

    /// <summary>A bulk of booking mails, each with data of its own.</summary>
    public static BulkRequest Bookings(int n) => new()
    {
        Message = BookingMail.Definition.Shared(),
        Items = Items(0, n, i => BookingMail.Definition.Item(Recipient.Email(Numbers.Address(i)), BookingMail.Number(i))),
    };

#pragma warning disable CS1998 // The stream has nothing to wait for: a database would.
    private static async IAsyncEnumerable<BulkItem> Items(int first, int count, Func<int, BulkItem> item)
    {
        for (var i = first; i < first + count; i++)
        {
            yield return item(i);
        }
    }
#pragma warning restore CS1998
}
