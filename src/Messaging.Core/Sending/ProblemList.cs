using System.Collections;

namespace Messaging.Sending;

/// <summary>Everything that is wrong with one request. Costs nothing as long as nothing is.</summary>
internal sealed class ProblemList : ICollection<RequestProblem>
{
    /// <summary>A request of thousands of bad recipients is answered with this many problems.</summary>
    private const int Most = 200;

    private List<RequestProblem>? _problems;

    public int Count => _problems?.Count ?? 0;

    public bool IsEmpty => _problems is null;

    /// <summary>Gets a value indicating whether there is no point in looking further.</summary>
    public bool IsFull => Count >= Most;

    public bool IsReadOnly => false;

    public IReadOnlyList<RequestProblem> All => _problems ?? (IReadOnlyList<RequestProblem>)[];

    public void Add(string field, string code, string text)
    {
        if (!IsFull)
        {
            (_problems ??= []).Add(new RequestProblem(field, code, text));
        }
    }

    /// <summary>Takes what a kind's rules found, unless the field is known to be wrong: one clear reason is enough.</summary>
    public void Add(RequestProblem item)
    {
        if (!Has(item.Field))
        {
            Add(item.Field, item.Code, item.Text);
        }
    }

    /// <summary>Returns whether something is wrong with a field.</summary>
    public bool Has(string field) => _problems?.Exists(p => p.Field == field) == true;

    public void Clear() => _problems = null;

    public bool Contains(RequestProblem item) => _problems?.Contains(item) == true;

    public void CopyTo(RequestProblem[] array, int arrayIndex) => _problems?.CopyTo(array, arrayIndex);

    public bool Remove(RequestProblem item) => throw new NotSupportedException("A problem does not go away by being taken off the list.");

    public IEnumerator<RequestProblem> GetEnumerator() => All.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <exception cref="InvalidSendRequestException">There is a problem.</exception>
    public void ThrowIfAny()
    {
        if (_problems is not null)
        {
            throw new InvalidSendRequestException(_problems);
        }
    }
}
