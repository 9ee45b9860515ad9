using Messaging.Channels;
using Messaging.Routing;

namespace Messaging.Sending;

/// <summary>Finds what the request's channel or route stands for.</summary>
internal sealed class ChannelResolver(IChannelDirectory channels, IRouteCatalog routes)
{
    /// <summary>Fills in <see cref="Submission.Targets"/>; leaves it empty when each recipient's address decides.</summary>
    public ValueTask ResolveAsync(Submission submission, CancellationToken cancellationToken) =>
        submission.Request switch
        {
            { Route: { } route, Channel: null } => RouteAsync(submission, route, cancellationToken),
            { Channel: { } channel, Route: null } => ChannelAsync(submission, channel, cancellationToken),
            _ => ValueTask.CompletedTask,
        };

    /// <summary>Finds what carries a kind of address; <see langword="null"/> when nothing does.</summary>
    public async ValueTask<StepTarget?> OfKindAsync(TenantId tenant, string kind, CancellationToken cancellationToken) =>
        await channels.FindAsync(tenant, kind, cancellationToken).ConfigureAwait(false) is { } target ? new StepTarget(0, kind, target) : null;

    /// <summary>Says that nothing has the name.</summary>
    public string Unknown(string channel) => Quote.Suggest(channel, channels.Names) + channels.DescribeUnknown(Quote.Short(channel));

    private async ValueTask ChannelAsync(Submission submission, string channel, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(channel))
        {
            return;
        }

        if (await channels.FindAsync(submission.Tenant, channel, cancellationToken).ConfigureAwait(false) is { } target)
        {
            submission.Targets = [new StepTarget(0, channel, target)];
            return;
        }

        submission.Problems.Add(nameof(SendRequest.Channel), ProblemCodes.UnknownChannel, Unknown(channel));
    }

    private async ValueTask RouteAsync(Submission submission, string name, CancellationToken cancellationToken)
    {
        if (routes.Find(name) is not { } route)
        {
            submission.Problems.Add(
                nameof(SendRequest.Route), ProblemCodes.UnknownRoute, $"There is no route '{Quote.Short(name)}'. {Quote.Known(name, routes.Names)} Add it with AddRoute(\"{Quote.Short(name)}\", …).");
            return;
        }

        var targets = new List<StepTarget>(route.Steps.Count);
        for (var i = 0; i < route.Steps.Count; i++)
        {
            var channel = route.Steps[i].Channel;
            if (await channels.FindAsync(submission.Tenant, channel, cancellationToken).ConfigureAwait(false) is { } target)
            {
                targets.Add(new StepTarget(i, channel, target));
            }
            else
            {
                submission.Problems.Add(nameof(SendRequest.Route), ProblemCodes.UnknownChannel, $"Step {i + 1} of the route '{name}': {Unknown(channel)}");
            }
        }

        submission.Route = route;
        submission.Targets = targets;
    }
}
