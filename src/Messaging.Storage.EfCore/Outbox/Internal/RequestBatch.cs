namespace Messaging.Storage.EfCore.Outbox;

/// <summary>Stages several requests: all, or when one is wrong, none.</summary>
internal static class RequestBatch
{
    public static async ValueTask<StagedMessage[]> StageAsync(
        IMessageStaging staging, IReadOnlyList<SendRequest> requests, TenantId? tenant, CancellationToken cancellationToken)
    {
        var staged = new StagedMessage[requests.Count];
        List<RequestProblem>? problems = null;
        for (var i = 0; i < staged.Length; i++)
        {
            try
            {
                staged[i] = await staging.StageAsync(requests[i], tenant, cancellationToken).ConfigureAwait(false);
            }
            catch (InvalidSendRequestException e)
            {
                (problems ??= []).AddRange(e.Problems.Select(problem => problem with { Field = $"[{i}].{problem.Field}" }));
            }
        }

        return problems is null ? staged : throw new InvalidSendRequestException(problems);
    }

    public static SendReceipt Receipt(StagedMessage message) => new() { MessageId = message.Id, Status = SendStatus.Staged };
}
