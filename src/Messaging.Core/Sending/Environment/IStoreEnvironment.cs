namespace Messaging;

/// <summary>The environment that the store belongs to, so that a copy of production does not write to customers.</summary>
public interface IStoreEnvironment
{
    /// <summary>Gets the environment that this process says it runs in; <see langword="null"/> when it does not say.</summary>
    string? Own { get; }

    /// <summary>Reads the environment that the store is stamped with; <see langword="null"/> when it bears no stamp.</summary>
    ValueTask<string?> StampAsync(CancellationToken cancellationToken = default);

    /// <summary>Stamps the store with this process's environment, whatever stood there: from now on messages are sent from it here, and nowhere else.</summary>
    /// <exception cref="InvalidOperationException">This process does not say in which environment it runs.</exception>
    ValueTask ConfirmAsync(CancellationToken cancellationToken = default);
}
