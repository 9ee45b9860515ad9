using Messaging.Storage.Journal.Encoding;
using Messaging.Storage.Journal.Log;
using Messaging.Storage.Memory;

namespace Messaging.Storage.Journal.Recovery;

/// <summary>Does again what records say. What was applied when it was written is applied again: the same changes at the same moments lead to the same image.</summary>
internal sealed class RecordReplayer(MemoryStore memory)
{
    private readonly StoreOperations _operations = memory.Operations;
    private readonly StoreImage _image = memory.Image;

    /// <summary>Gets the moment of the first record; 0 while there was none.</summary>
    public long FirstMoment { get; private set; }

    /// <exception cref="InvalidDataException">The record says what cannot be done.</exception>
    public void Apply(RecordType type, ReadOnlyMemory<byte> payload)
    {
        if (type == RecordType.Closed)
        {
            return;
        }

        var record = new RecordCursor(payload);
        var now = record.Int64();
        FirstMoment = FirstMoment == 0 ? now : FirstMoment;
        memory.SetNow(now);
        _image.Trim();
        _operations.Promote(now);
        switch (type)
        {
            case RecordType.Change:
                Change(ref record, now);
                break;
            case RecordType.Claim:
                Claim(ref record, now);
                break;
            case RecordType.Extend:
                Extend(ref record);
                break;
            case RecordType.Lose:
                _operations.LoseEnded(now);
                break;
            case RecordType.Forget:
                Forget(ref record);
                break;
            case RecordType.Fade:
                Fade(ref record);
                break;
            case RecordType.Opened:
                _operations.LoseAll(now);
                _image.Queue.Fence = record.Int64();
                break;
            default:
                throw new InvalidDataException($"A record is of type {(byte)type}, which this version does not know.");
        }
    }

    private void Change(ref RecordCursor record, long now)
    {
        var change = ChangeDecoder.Read(ref record);
        if (_operations.Commit(change.ToChange(), now).Status is var status && status != ChangeStatus.Applied)
        {
            throw new InvalidDataException($"A change that was applied is {status} when it is applied again.");
        }

        foreach (var entity in change.Entities)
        {
            _image.Entities.WriteAgain(entity.Schema, entity.Tenant, entity.Key.Span, entity.Json.Span);
        }
    }

    private void Claim(ref RecordCursor record, long now)
    {
        var until = record.Int64();
        for (var left = record.Number(); left > 0; left--)
        {
            _operations.ClaimAgain(ChangeDecoder.ReadLease(ref record), now, until);
        }
    }

    private void Extend(ref RecordCursor record)
    {
        var until = record.Int64();
        for (var left = record.Number(); left > 0; left--)
        {
            _operations.Extend(ChangeDecoder.ReadLease(ref record), until);
        }
    }

    private void Fade(ref RecordCursor record)
    {
        for (var left = record.Number(); left > 0; left--)
        {
            _operations.Sweeper.FadeAgain(record.Guid());
        }
    }

    private void Forget(ref RecordCursor record)
    {
        for (var left = record.Number(); left > 0; left--)
        {
            _operations.Sweeper.ForgetAgain(record.Guid());
        }
    }
}
