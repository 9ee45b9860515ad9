using Messaging.Channels;

namespace Messaging.Sending;

/// <summary>Checks a request against what the channel can carry. Of a route, a step that cannot is that step's failure when it comes to it.</summary>
internal static class CapabilityRules
{
    public static void Check(Submission submission, AddressBook addresses)
    {
        ChannelTarget? last = null;
        foreach (var draft in submission.Drafts)
        {
            // Recipients mostly share a channel: looking at a change is enough.
            if (draft.Steps is [var step, ..] && step.Target != last)
            {
                last = step.Target;
                Check(submission, step.Way, addresses);
            }
        }
    }

    /// <summary>Checks what is shared against one channel.</summary>
    public static void Check(Submission submission, StepTarget way, AddressBook addresses)
    {
        var (request, channel, problems) = (submission.Request, way.Target.Capabilities, submission.Problems);
        addresses.RulesOf(way.Target.Kind)?.Check(request, problems);
        if (submission.Route is not null)
        {
            return;
        }

        if (request.Attachments.Count > 0 && !channel.Attachments)
        {
            problems.Add(nameof(request.Attachments), ProblemCodes.NotSupported, $"The channel '{way.Channel}' carries no attachments. Take them out, or choose another channel.");
        }

        if (request.Cc.Count + request.Bcc.Count > 0)
        {
            Extra(request, way, channel, problems);
        }

        if (channel.MaxTextLength is { } most && request.Content?.Text is { } text && text.Length > most)
        {
            problems.Add("Content.Text", ProblemCodes.TooLong, $"The text has {text.Length} characters; the channel '{way.Channel}' carries {most}.");
        }

        if (channel.MaxMessageBytes is { } bytes && Bytes(request) is var size && size > bytes)
        {
            problems.Add(nameof(request.Attachments), ProblemCodes.TooLarge, $"The message has {size} bytes with its attachments; the channel '{way.Channel}' carries {bytes}.");
        }
    }

    private static void Extra(SendRequest request, StepTarget way, ChannelCapabilities channel, ProblemList problems)
    {
        var field = request.Cc.Count > 0 ? nameof(request.Cc) : nameof(request.Bcc);
        if (!channel.ExtraRecipients)
        {
            problems.Add(field, ProblemCodes.NotSupported, $"The channel '{way.Channel}' has no Cc and Bcc. Give every recipient in To.");
        }
        else if (1 + request.Cc.Count + request.Bcc.Count > channel.MaxRecipients)
        {
            problems.Add(field, ProblemCodes.TooLong, $"A message of the channel '{way.Channel}' has at most {channel.MaxRecipients} recipients.");
        }
    }

    private static long Bytes(SendRequest request)
    {
        long bytes = (request.Content?.Subject?.Length ?? 0) + (request.Content?.Text?.Length ?? 0) + (request.Content?.Html?.Length ?? 0);
        for (var i = 0; i < request.Attachments.Count; i++)
        {
            bytes += request.Attachments[i]?.Content?.Length ?? 0;
        }

        return bytes;
    }
}
