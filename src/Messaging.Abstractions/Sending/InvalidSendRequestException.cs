namespace Messaging;

/// <summary>A request cannot be accepted as it is. Nothing was stored. Never worth a retry of the same request.</summary>
public sealed class InvalidSendRequestException : Exception
{
    /// <summary>Initializes the exception with everything that is wrong.</summary>
    public InvalidSendRequestException(IReadOnlyList<RequestProblem> problems)
        : base(Describe(problems)) => Problems = problems;

    /// <summary>Gets everything that is wrong, each with its field.</summary>
    public IReadOnlyList<RequestProblem> Problems { get; }

    private static string Describe(IReadOnlyList<RequestProblem> problems)
    {
        ArgumentNullException.ThrowIfNull(problems);
        return "The send request was refused. " + string.Join(" ", problems.Select(p => $"{p.Field}: {p.Text}"));
    }
}
