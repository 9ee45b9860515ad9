using System.Collections;
using System.Runtime.CompilerServices;

namespace Messaging;

/// <summary>One recipient or several; a single <see cref="Recipient"/> converts to it.</summary>
[CollectionBuilder(typeof(RecipientList), nameof(Create))]
public readonly struct RecipientList : IReadOnlyList<Recipient>
{
    private readonly Recipient? _single;
    private readonly Recipient[]? _many;

    private RecipientList(Recipient single) => _single = single;

    private RecipientList(Recipient[] many) => _many = many;

    /// <inheritdoc/>
    public int Count => _many?.Length ?? (_single is null ? 0 : 1);

    /// <inheritdoc/>
    public Recipient this[int index] => _many is not null ? _many[index]
        : index == 0 && _single is not null ? _single : throw new ArgumentOutOfRangeException(nameof(index));

    /// <summary>Makes a list of copies of the references given.</summary>
    public static RecipientList Create(ReadOnlySpan<Recipient> recipients) =>
        recipients.Length == 1 ? new(recipients[0]) : new(recipients.ToArray());

    /// <summary>Makes a list of one.</summary>
    public static implicit operator RecipientList(Recipient? recipient) => recipient is null ? default : new(recipient);

    /// <summary>Makes a list of one; the named form of the conversion.</summary>
    public static RecipientList FromRecipient(Recipient? recipient) => recipient;

    /// <inheritdoc/>
    public IEnumerator<Recipient> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
