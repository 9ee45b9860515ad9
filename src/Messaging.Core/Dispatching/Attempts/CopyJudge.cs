using Messaging.Channels;
using Messaging.Sending;
using Messaging.Storage;

namespace Messaging.Dispatching;

/// <summary>
/// Judges an answer for several recipients. To decides the delivery; but while To has it and a copy (Cc, Bcc) is only put off, the delivery
/// goes on for the copies that have no answer yet, and a retry repeats nothing to those who have one.
/// </summary>
internal sealed class CopyJudge(AttemptJudge judge)
{
    public Settlement Judge(in AttemptFacts facts, LeaseToken lease, OutboundMessage message, SendResult result)
    {
        if (message.Cc.Count + message.Bcc.Count == 0)
        {
            return judge.Judge(facts, lease, result);
        }

        List<Address> answered = [];
        SendResult? to = null;
        SendResult? open = null;
        for (var i = 0; i < RecipientPlaces.CountOf(message); i++)
        {
            var place = RecipientPlaces.PlaceOf(message, i);
            var answer = RecipientPlaces.AnswerOf(result, place);
            to = place == 0 ? answer : to;
            if (IsFinal(answer, facts.OwnSender))
            {
                answered.Add(RecipientPlaces.AddressOf(facts.Record, message, place));
            }
            else
            {
                open ??= answer;
            }
        }

        var settlement = to is null or SendResult.Accepted ? JudgeCopies(facts, lease, to as SendResult.Accepted, open) : judge.Judge(facts, lease, to);
        return settlement.Next == WorkState.Done || answered.Count == 0
            ? settlement
            : settlement with { Payload = AnsweredSection.Append(settlement.Payload ?? facts.Record.Delivery.Payload, answered) };
    }

    /// <summary>What To has, no word about a copy takes back: neither a failure nor a dead letter follows from it.</summary>
    private Settlement JudgeCopies(in AttemptFacts facts, LeaseToken lease, SendResult.Accepted? to, SendResult? open)
    {
        if (open is null)
        {
            return judge.Judge(facts, lease, to ?? new SendResult.Accepted(facts.Record.State.ProviderId));
        }

        var settlement = judge.Judge(facts, lease, open);
        return settlement with
        {
            Proves = to is null ? MessageEventType.Unknown : MessageEventType.Submitted,
            ProviderId = to?.ProviderId,
            Attempt = to is null ? settlement.Attempt : settlement.Attempt! with { Result = MessageEventType.Submitted },
            DeadLetter = false,
            Why = settlement.Why! with { Text = $"To has it; of Cc and Bcc some do not yet. {settlement.Why!.Text}" },
        };
    }

    private static bool IsFinal(SendResult answer, bool ownSender) =>
        answer is SendResult.Accepted || (answer is SendResult.Rejected rejected && rejected.Scope != FailureScope.Account && (rejected.Scope != FailureScope.Sender || ownSender));
}
