using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Messaging.Channels;
using Messaging.Storage;

namespace Messaging.RateLimiting;

/// <summary>The limits that hold for one tenant on one account, ready to be charged. Immutable.</summary>
internal sealed class LimitSet
{
    private readonly RateBucket[] _shared;
    private readonly LimitType[] _types;
    private readonly RateLimit? _recipient;
    private readonly string _account;
    private readonly RateCharge _charge;

    public LimitSet(TenantId tenant, ChannelAccount account, RateLimit? ofTenant, AccountLimits limits, DateOnly day)
    {
        _account = AccountKey.Of(account).ToString();
        Account = account.Name;
        Day = day;
        _recipient = limits.Recipient;
        List<(LimitType, RateBucket)> buckets = [];
        if (ofTenant is not null)
        {
            buckets.Add((LimitType.Tenant, new($"t:{tenant.Value}", ofTenant)));
        }

        if (limits.Account is not null)
        {
            buckets.Add((LimitType.Account, new($"a:{_account}", limits.Account)));
        }

        if (limits.PerDay is { } perDay)
        {
            // A bucket of its own for each day, from which a permit would come back only after the day is over.
            buckets.Add((LimitType.AccountDay, new($"d:{_account}:{day:yyyyMMdd}", new RateLimit(1, TimeSpan.FromDays(1), perDay))));
        }

        _shared = [.. buckets.Select(b => b.Item2)];
        _types = [.. buckets.Select(b => b.Item1), LimitType.Recipient];
        _charge = new RateCharge(_shared);
    }

    /// <summary>Gets the name of the account, for texts.</summary>
    public string Account { get; }

    /// <summary>Gets the UTC day that it is made for.</summary>
    public DateOnly Day { get; }

    public bool IsEmpty => _shared.Length == 0 && _recipient is null;

    /// <summary>Returns one permit from each bucket that a message to this recipient needs. All messages share one charge unless recipients are limited.</summary>
    public RateCharge ChargeFor(Address recipient) =>
        _recipient is null ? _charge : new RateCharge([.. _shared, new RateBucket(RecipientKey(recipient), _recipient)]);

    /// <summary>Returns what a bucket of a charge counts.</summary>
    public LimitType TypeOf(int bucket) => _types[bucket];

    /// <summary>An address stands in no key in the clear.</summary>
    private string RecipientKey(Address recipient)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{recipient.Kind}:{recipient.Value}"), hash);
        return $"r:{_account}:{Base64Url.EncodeToString(hash[..16])}";
    }
}
