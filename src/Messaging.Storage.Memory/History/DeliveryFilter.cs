namespace Messaging.Storage.Memory;

/// <summary>What a query asks for, as numbers that rows are compared by; 0 is "any".</summary>
internal sealed class DeliveryFilter
{
    private readonly StoreImage _image;
    private readonly DeliveryQuery _query;
    private readonly int _account;
    private readonly int _category;
    private readonly int _template;
    private readonly int _statuses;
    private readonly byte[]? _reference;
    private readonly byte[]? _address;

    private DeliveryFilter(StoreImage image, DeliveryQuery query)
    {
        _image = image;
        _query = query;
        Tenant = image.Tenants.Find(query.Tenant);
        Message = query.MessageId is { } message ? image.Messages.Find(query.Tenant, message) : 0;
        Kind = Number((query.Address?.Kind) ?? query.Kind);
        _account = Number(query.Account);
        _category = Number(query.Category);
        _template = Number(query.Template);
        _statuses = query.Statuses.Aggregate(0, (mask, status) => mask | (1 << (int)status));
        _reference = query.Reference is { } reference ? System.Text.Encoding.UTF8.GetBytes(reference) : null;
        _address = query.Address is { } address ? System.Text.Encoding.UTF8.GetBytes(address.Value) : null;
    }

    public int Tenant { get; }

    public int Message { get; }

    /// <summary>Gets the kind; -1 when none of that name was ever seen.</summary>
    public int Kind { get; }

    /// <summary>Makes a filter; <see langword="null"/> when nothing can match, because a name was never seen.</summary>
    public static DeliveryFilter? Of(StoreImage image, DeliveryQuery query)
    {
        var filter = new DeliveryFilter(image, query);
        var contradicts = query.Address is { } address && query.Kind is { } kind && address.Kind != kind;
        return contradicts || filter.Tenant < 0 || filter.Kind < 0 || filter._account < 0 || filter._category < 0 || filter._template < 0 ? null : filter;
    }

    public bool Matches(int row)
    {
        ref var delivery = ref _image.Deliveries[row];
        return (_statuses == 0 || (_statuses & (1 << delivery.Status)) != 0)
            && (_query.From is not { } from || delivery.AcceptedAt >= from.UtcTicks)
            && (_query.To is not { } to || delivery.AcceptedAt < to.UtcTicks)
            && (!_query.DeadLetters || delivery.Has(DeliveryFlags.DeadLetter))
            && (_query.MessageId is null || delivery.Message == Message)
            && MatchesOwners(delivery)
            && MatchesFacts(row);
    }

    private int Number(string? name) => name is null ? 0 : _image.Names.Find(name);

    private bool MatchesOwners(in DeliveryRow delivery)
    {
        ref var message = ref _image.Messages[delivery.Message];
        ref readonly var bucket = ref _image.Counters[delivery.Bucket];
        return (Kind == 0 || bucket.Kind == Kind)
            && (_account == 0 || bucket.Account == _account)
            && (_category == 0 || message.Category == _category)
            && (_template == 0 || message.Template == _template);
    }

    private bool MatchesFacts(int row)
    {
        if (_query.ContactId is null && _address is null && _reference is null)
        {
            return true;
        }

        var facts = _image.Deliveries.FactsOf(row);
        return (_query.ContactId is null || facts.ContactId == _query.ContactId)
            && (_address is null || facts.Address.SequenceEqual(_address))
            && (_reference is null || (facts.IsReferenced && _image.Deliveries.ReferenceUtf8(row).SequenceEqual(_reference)));
    }
}
