namespace Messaging.Sending;

/// <summary>Checks a request as at accept, renders it once to be sure that it can be, and writes it down for the host's transaction.</summary>
internal sealed class RequestStager(AcceptPipeline accept, BufferPool buffers, IdGenerator ids)
{
    public async ValueTask<StagedBytes> StageAsync(SendRequest request, HubTenant tenant, CancellationToken cancellationToken)
    {
        var buffer = buffers.Rent();
        try
        {
            var submission = accept.Begin(request, tenant, buffer);
            await accept.PrepareAsync(submission, cancellationToken).ConfigureAwait(false);
            ThrowIfWrong(submission);
            var attachments = await StagedAttachments.ReadAsync(Cleared(submission), cancellationToken).ConfigureAwait(false);
            buffer.Clear();
            StagedRequestWriter.Write(buffer, request, attachments, Fingerprint.Of(request, buffers));
            return new StagedBytes(new MessageId(ids.Next()), submission.Tenant, submission.Now, buffer.From(0).ToArray());
        }
        finally
        {
            buffers.Return(buffer);
        }
    }

    /// <summary>What the host may be saving in the same transaction is looked up again after it.</summary>
    private static void ThrowIfWrong(Submission submission)
    {
        if (submission.Problems.IsEmpty)
        {
            return;
        }

        var wrong = submission.Problems.All.Where(problem => !MayComeTrue(submission.Request, problem)).ToArray();
        if (wrong.Length > 0)
        {
            throw new InvalidSendRequestException(wrong);
        }
    }

    private static Submission Cleared(Submission submission)
    {
        submission.Problems.Clear();
        return submission;
    }

    private static bool MayComeTrue(SendRequest request, RequestProblem problem) =>
        problem.Code is ProblemCodes.UnknownContact
        || (problem.Code is ProblemCodes.NoAddress
            && (IsKeyed("To", request.To, problem) || IsKeyed("Cc", request.Cc, problem) || IsKeyed("Bcc", request.Bcc, problem)));

    private static bool IsKeyed(string list, IReadOnlyList<Recipient> recipients, RequestProblem problem)
    {
        for (var i = 0; i < recipients.Count; i++)
        {
            if (ContactLookup.IsKeyed(recipients[i]) && problem.Field == Field.Of(list, i).ToString())
            {
                return true;
            }
        }

        return false;
    }
}
