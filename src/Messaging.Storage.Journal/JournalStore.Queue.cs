using Messaging.Storage.Journal.Encoding;
using Messaging.Storage.Journal.Log;

namespace Messaging.Storage.Journal;

public sealed partial class JournalStore
{
    private const int BytesPerLease = 25;

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<LeasedWork>> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentOutOfRangeException.ThrowIfLessThan(request.Max, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(request.LeaseFor, TimeSpan.Zero);
        cancellationToken.ThrowIfCancellationRequested();
        var most = Math.Min(request.Max, (_log.LargestRecord - 64) / BytesPerLease);
        request = most < request.Max ? request with { Max = most } : request;
        while (true)
        {
            if (TryClaim(request, out var claimed, out var written, out var urgent))
            {
                await written.ConfigureAwait(false);
                await urgent.ConfigureAwait(false);
                return claimed;
            }

            await _log.MakeRoomAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<LeaseToken>> ExtendAsync(IReadOnlyList<LeaseToken> leases, TimeSpan leaseFor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(leases);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(leaseFor, TimeSpan.Zero);
        cancellationToken.ThrowIfCancellationRequested();
        var held = new List<LeaseToken>(leases.Count);
        lock (_memory.Gate)
        {
            _log.ThrowIfFailed();
            var now = _memory.Tick();
            foreach (var lease in leases)
            {
                if (_memory.Operations.Extend(lease, now + leaseFor.Ticks))
                {
                    held.Add(lease);
                }
            }

            // A lost extension ends a claim early after a restart, which ends all claims anyway.
            if (_log.HasRoom(64 + (held.Count * BytesPerLease), mayUseSlack: true))
            {
                Write(RecordType.Extend, now, now + leaseFor.Ticks, held);
            }
        }

        return ValueTask.FromResult<IReadOnlyList<LeaseToken>>(held);
    }

    /// <inheritdoc/>
    public ValueTask WaitForWorkAsync(CancellationToken cancellationToken) => WaitForWorkAsync([], cancellationToken);

    /// <inheritdoc/>
    public ValueTask WaitForWorkAsync(IReadOnlyList<WorkKind> kinds, CancellationToken cancellationToken) =>
        _memory.WaitForWorkAsync(kinds, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<QueueDepth> MeasureAsync(CancellationToken cancellationToken) => _memory.MeasureAsync(cancellationToken);

    /// <summary>Claims. The claim is written before it is handed out, so that work which ends the process still counts it, but it waits for no disk.</summary>
    private bool TryClaim(ClaimRequest request, out IReadOnlyList<LeasedWork> claimed, out Task written, out Task urgent)
    {
        lock (_memory.Gate)
        {
            _log.ThrowIfFailed();
            (claimed, written, urgent) = ([], Task.CompletedTask, _urgent);
            if (!_log.HasRoom(64 + (request.Max * BytesPerLease), mayUseSlack: true))
            {
                return false;
            }

            Say();
            var now = _memory.Tick();
            _memory.Operations.LoseEnded(now);
            claimed = Claim(request, now);
            if (claimed.Count > 0)
            {
                var leases = new LeaseToken[claimed.Count];
                for (var i = 0; i < leases.Length; i++)
                {
                    leases[i] = claimed[i].Lease;
                }

                written = Write(RecordType.Claim, now, now + request.LeaseFor.Ticks, leases);
            }

            _memory.Signal();
            return true;
        }
    }

    private IReadOnlyList<LeasedWork> Claim(ClaimRequest request, long now)
    {
        try
        {
            return _memory.Operations.Claim(request, now);
        }
        catch (JournalException damage) when (damage.Problem == JournalProblem.Corrupt)
        {
            // The work is claimed in memory, and nobody has it.
            _log.Refuse(damage);
            throw;
        }
    }

    private Task Write(RecordType type, long now, long until, IReadOnlyList<LeaseToken> leases)
    {
        using var record = new ControlRecord(now);
        record.Payload.Int64(until);
        record.Payload.Number(leases.Count);
        for (var i = 0; i < leases.Count; i++)
        {
            ChangeEncoder.WriteLease(record.Payload, leases[i]);
        }

        return record.Append(_log, type).Written;
    }
}
