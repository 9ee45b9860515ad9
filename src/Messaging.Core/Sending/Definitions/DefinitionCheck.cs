using Messaging.Channels;
using Messaging.Routing;
using Messaging.Templates;

namespace Messaging.Sending;

/// <summary>Checks the messages that the host named with AddMessages(): their routes, channels, templates and variables are there.</summary>
internal sealed class DefinitionCheck(
    IEnumerable<MessageDefinition> definitions, IRouteCatalog routes, IChannelDirectory channels, IEnumerable<IChannelAccounts> accounts, TemplateInventory templates)
    : IStartupCheck
{
    public async ValueTask CheckAsync(CancellationToken cancellationToken)
    {
        var wrong = new List<string>();
        foreach (var definition in definitions)
        {
            var kinds = await KindsAsync(definition, wrong, cancellationToken).ConfigureAwait(false);
            await templates.CheckAsync(definition, kinds, wrong, cancellationToken).ConfigureAwait(false);
        }

        if (wrong.Count > 0)
        {
            throw new InvalidOperationException(string.Join(Environment.NewLine, wrong));
        }
    }

    /// <summary>Returns the kinds on which the message goes; empty when each recipient's address decides.</summary>
    private async ValueTask<IReadOnlyCollection<string>> KindsAsync(MessageDefinition definition, List<string> wrong, CancellationToken cancellationToken)
    {
        if (definition is { Route: not null, Channel: not null })
        {
            wrong.Add($"The message '{definition.Template}' names both a route and a channel. Name one.");
        }

        if (definition.Route is { } name && routes.Find(name) is null)
        {
            wrong.Add($"The message '{definition.Template}' names the route '{name}', which does not exist. {Quote.Known(name, routes.Names)} Add it with AddRoute(\"{name}\", …).");
        }

        var kinds = new HashSet<string>(StringComparer.Ordinal);
        foreach (var channel in ChannelsOf(definition))
        {
            if (await channels.FindAsync(TenantId.Default, channel, cancellationToken).ConfigureAwait(false) is { } target)
            {
                kinds.Add(target.Kind);
            }
            else if (definition.Channel is not null && !accounts.Any())
            {
                // Accounts that tenants bring at run time are not there yet; a route's own channels are checked with the route.
                wrong.Add($"The message '{definition.Template}': {Quote.Suggest(channel, channels.Names)}{channels.DescribeUnknown(channel)}");
            }
        }

        return kinds;
    }

    private IEnumerable<string> ChannelsOf(MessageDefinition definition) =>
        definition.Channel is { } channel ? [channel]
        : definition.Route is { } route && routes.Find(route) is { } found ? found.Steps.Select(step => step.Channel)
        : [];
}
