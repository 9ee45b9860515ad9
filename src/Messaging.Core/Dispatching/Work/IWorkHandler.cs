using Messaging.Storage;

namespace Messaging.Dispatching;

/// <summary>Does one kind of work that is not a delivery. Safe for concurrent use.</summary>
internal interface IWorkHandler
{
    /// <summary>Gets the kind of work.</summary>
    WorkKind Kind { get; }

    /// <summary>Does a piece of work. An exception means: again later, with growing waits.</summary>
    /// <param name="work">The claimed work; its item is there.</param>
    /// <param name="cancellationToken">The process stops: what is not done is handed back.</param>
    ValueTask<WorkAnswer> HandleAsync(LeasedWork work, CancellationToken cancellationToken);
}
