using System.Diagnostics.CodeAnalysis;
using Messaging.Channels;

namespace Messaging.Sending;

/// <summary>Brings addresses into their canonical form, by the rules of their kind's package or, without it, by the suite's own.</summary>
internal sealed class AddressBook
{
    private readonly Dictionary<string, IChannelRules> _rules = new(StringComparer.Ordinal);

    public AddressBook(IEnumerable<IChannelRules> contributed)
    {
        Add(new MailboxRules());
        Add(new TelephoneRules(ChannelKinds.Sms));
        Add(new TelephoneRules(ChannelKinds.Voice));
        Add(new TelephoneRules(ChannelKinds.WhatsApp));
        foreach (var rules in contributed)
        {
            Add(rules);
        }
    }

    /// <summary>Returns what the kind's package says of requests; <see langword="null"/> for a kind that takes everything.</summary>
    public IChannelRules? RulesOf(string kind) => _rules.GetValueOrDefault(kind);

    /// <summary>Brings an address into its canonical form.</summary>
    /// <param name="address">The address as it was given.</param>
    /// <param name="canonical">The canonical form.</param>
    /// <param name="problem">What is wrong and how to mend it, without the address.</param>
    public bool TryNormalize(Address address, out Address canonical, [NotNullWhen(false)] out string? problem)
    {
        if (!IsText(address.Value, out problem))
        {
            canonical = default;
            return false;
        }

        var value = address.Value;
        if (_rules.TryGetValue(address.Kind, out var rules) && !rules.TryNormalize(address.Value, out value, out problem))
        {
            canonical = default;
            return false;
        }

        canonical = ReferenceEquals(value, address.Value) ? address : address with { Value = value };
        return true;
    }

    private static bool IsText(string? value, [NotNullWhen(false)] out string? problem)
    {
        problem = string.IsNullOrWhiteSpace(value) ? "There is no address. Give one."
            : value.Length > 500 ? "The address is longer than 500 characters. Give the address alone."
            : RequestText.HasControl(value) ? "The address holds a line break or another control character. Take it out."
            : null;
        return problem is null;
    }

    private void Add(IChannelRules rules) => _rules[rules.Kind] = rules;
}
