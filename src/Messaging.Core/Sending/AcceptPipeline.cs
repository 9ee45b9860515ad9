using System.Diagnostics;
using Messaging.Diagnostics;
using Microsoft.Extensions.Options;

namespace Messaging.Sending;

/// <summary>The way of a request to the store: validate, resolve, render, ask the gates, commit. Everything wrong is found before anything is stored.</summary>
internal sealed class AcceptPipeline(
    RequestValidator validator,
    RequestResolver resolver,
    ContentRenderer renderer,
    GateStage gates,
    CommitStage commit,
    BufferPool buffers,
    IOptionsMonitor<MessagingOptions> options,
    MessagingTelemetry telemetry,
    TimeProvider time)
{
    /// <summary>Accepts a request.</summary>
    /// <exception cref="InvalidSendRequestException">Something in the request is wrong.</exception>
    public async ValueTask<SendReceipt> AcceptAsync(SendRequest request, HubTenant tenant, CancellationToken cancellationToken)
    {
        using var activity = telemetry.StartAccept(tenant.Of(request));
        var buffer = buffers.Rent();
        try
        {
            var submission = Begin(request, tenant, buffer);
            await PrepareAsync(submission, cancellationToken).ConfigureAwait(false);
            submission.Problems.ThrowIfAny();
            await gates.AskAsync(submission, cancellationToken).ConfigureAwait(false);
            var receipt = await commit.CommitAsync(submission, cancellationToken).ConfigureAwait(false);
            await gates.ConfirmAsync(submission).ConfigureAwait(false);
            Tell(activity, submission, receipt);
            return receipt;
        }
        finally
        {
            buffers.Return(buffer);
        }
    }

    private void Tell(Activity? activity, Submission submission, SendReceipt receipt)
    {
        if (receipt.Status is not (SendStatus.Duplicate or SendStatus.Conflict))
        {
            telemetry.Accepted(submission);
        }

        activity?.SetTag("messaging.message.id", receipt.MessageId.ToString()).SetTag("messaging.status", receipt.Status.ToString());
    }

    /// <summary>Begins a submission.</summary>
    public Submission Begin(SendRequest request, HubTenant tenant, PayloadBuffer buffer)
    {
        ArgumentNullException.ThrowIfNull(request);
        var now = options.CurrentValue;
        var submission = new Submission
        {
            Request = request,
            Tenant = tenant.Of(request),
            Options = now,
            Now = time.GetUtcNow(),
            Buffer = buffer,
        };
        tenant.Check(request, now, submission.Problems);
        return submission;
    }

    /// <summary>Validates, resolves and renders; what is wrong is noted in the submission.</summary>
    public async ValueTask PrepareAsync(Submission submission, CancellationToken cancellationToken)
    {
        var nobodys = !submission.Problems.IsEmpty;
        validator.Check(submission);
        if (nobodys)
        {
            // Without a tenant there is nobody in whose name to look anything up.
            return;
        }

        await resolver.ResolveAsync(submission, cancellationToken).ConfigureAwait(false);
        await renderer.RenderAsync(submission, cancellationToken).ConfigureAwait(false);
    }
}
