namespace Messaging.Gates;

/// <summary>Decides whether deliveries may go. Asked for many at once, so that a check is one query.</summary>
public interface ISendGate
{
    /// <summary>Gets the name under which verdicts are shown, in snake case.</summary>
    string Name { get; }

    /// <summary>Gets the place in the order; lower goes first. The suite's own gates use 100 to 700, see <see cref="GateOrder"/>.</summary>
    int Order { get; }

    /// <summary>Gets when the gate is asked besides at accept.</summary>
    GateRecheck Recheck { get; }

    /// <summary>Looks at every candidate and says no where it must; saying nothing is a pass.</summary>
    ValueTask EvaluateAsync(GateBatch batch, CancellationToken cancellationToken);
}
