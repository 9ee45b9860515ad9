namespace Messaging.Sending;

/// <summary>Finds what a request names: channel or route, contacts, addresses; and checks it against what the channel carries.</summary>
internal sealed class RequestResolver(ChannelResolver channels, RecipientResolver recipients, AddressBook addresses, IdGenerator ids)
{
    public async ValueTask ResolveAsync(Submission submission, CancellationToken cancellationToken)
    {
        await channels.ResolveAsync(submission, cancellationToken).ConfigureAwait(false);
        await recipients.ResolveAsync(submission, cancellationToken).ConfigureAwait(false);
        CapabilityRules.Check(submission, addresses);
        foreach (var draft in submission.Drafts)
        {
            foreach (var step in draft.Steps)
            {
                step.Id = new DeliveryId(ids.Next());
            }
        }

        submission.ExpiresAt = Expiry(submission);
    }

    /// <summary>Returns when sending becomes pointless: what the request says, else the longest of its kinds.</summary>
    private static DateTimeOffset? Expiry(Submission submission)
    {
        if (submission.Request.ExpiresAt is { } at)
        {
            return at;
        }

        var longest = TimeSpan.Zero;
        foreach (var draft in submission.Drafts)
        {
            foreach (var step in draft.Steps)
            {
                var expiry = submission.Options.ExpiryOf(step.Target.Kind);
                longest = expiry > longest ? expiry : longest;
            }
        }

        return submission.SendsAt + longest;
    }
}
