using System.Diagnostics.CodeAnalysis;

namespace Messaging.Dispatching;

/// <summary>A queue in which tenants take turns: who has one message waits for one of each of the others, however many those have. Not thread safe.</summary>
internal sealed class TenantTurns
{
    private const int MaxSpare = 16;

    private readonly Dictionary<TenantId, Line> _lines = [];
    private readonly Queue<Line> _turns = new();
    private readonly Stack<Line> _spare = new();

    /// <summary>The line that was used last: neighbours are mostly of one tenant.</summary>
    private Line? _last;

    /// <summary>Gets how many tenants have work here.</summary>
    public int Tenants => _turns.Count;

    /// <summary>Returns how much a tenant has here.</summary>
    public int CountOf(TenantId tenant) => _lines.TryGetValue(tenant, out var line) ? line.Works.Count : 0;

    public void Enqueue(HeldWork held)
    {
        var line = _last is not null && _last.Tenant == held.Tenant ? _last : _last = LineOf(held.Tenant);
        line.Works.Enqueue(held);
        if (line.Works.Count == 1)
        {
            _turns.Enqueue(line);
        }
    }

    public bool TryDequeue([NotNullWhen(true)] out HeldWork? held)
    {
        if (!_turns.TryDequeue(out var line))
        {
            held = null;
            return false;
        }

        held = line.Works.Dequeue();
        if (line.Works.Count > 0)
        {
            _turns.Enqueue(line);
        }
        else if (!ReferenceEquals(line, _last))
        {
            Forget(line);
        }

        return true;
    }

    private Line LineOf(TenantId tenant)
    {
        if (_last is { Works.Count: 0 } empty)
        {
            Forget(empty);
        }

        if (!_lines.TryGetValue(tenant, out var line))
        {
            line = _spare.TryPop(out var spare) ? spare : new Line();
            line.Tenant = tenant;
            _lines.Add(tenant, line);
        }

        return line;
    }

    private void Forget(Line line)
    {
        _lines.Remove(line.Tenant);
        if (_spare.Count < MaxSpare)
        {
            _spare.Push(line);
        }
    }

    private sealed class Line
    {
        public Queue<HeldWork> Works { get; } = new();

        public TenantId Tenant { get; set; }
    }
}
