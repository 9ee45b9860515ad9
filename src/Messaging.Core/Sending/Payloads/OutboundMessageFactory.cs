using Messaging.Channels;
using Messaging.Storage;
using Messaging.Templates;

namespace Messaging.Sending;

/// <inheritdoc cref="IOutboundMessageFactory"/>
internal sealed class OutboundMessageFactory(
    ITemplateCatalog templates, DeferredRenderer renderer, OutboundAssembler assembler) : IOutboundMessageFactory
{
    public ValueTask<OutboundBuild> BuildAsync(DeliveryRecord record, ChannelCapabilities capabilities, CancellationToken cancellationToken)
    {
        try
        {
            return Build(record, capabilities, cancellationToken);
        }
        catch (Exception e) when (IsBadContent(e))
        {
            return new(Failed(e));
        }
    }

    private ValueTask<OutboundBuild> Build(DeliveryRecord record, ChannelCapabilities capabilities, CancellationToken cancellationToken)
    {
        var message = DecodedMessage.Read(record.Message.Payload);
        var delivery = DecodedDelivery.Read(record.Delivery.Payload);
        if ((delivery.Content ?? message.Content) is { } content)
        {
            return new(assembler.Assemble(record, capabilities, message, delivery, content));
        }

        if (record.Message.Template is not { } code)
        {
            return new(Failed("The content is gone: it was sensitive, or the message was stored without any."));
        }

        var found = templates.ResolveAsync(
            record.Message.Tenant, code, record.Delivery.Address.Kind, delivery.Locale, delivery.TemplateVersion, cancellationToken);
        return found.IsCompletedSuccessfully
            ? new(Render(record, capabilities, found.Result))
            : RenderAsync(record, capabilities, found);
    }

    private async ValueTask<OutboundBuild> RenderAsync(DeliveryRecord record, ChannelCapabilities capabilities, ValueTask<IResolvedTemplate?> found)
    {
        try
        {
            return Render(record, capabilities, await found.ConfigureAwait(false));
        }
        catch (Exception e) when (IsBadContent(e))
        {
            return Failed(e);
        }
    }

    private OutboundBuild Render(DeliveryRecord record, ChannelCapabilities capabilities, IResolvedTemplate? template)
    {
        if (template is null)
        {
            return Failed($"The template '{record.Message.Template}' has no version for the kind '{record.Delivery.Address.Kind}' any more.");
        }

        var payload = renderer.Render(record, template);
        var message = DecodedMessage.Read(record.Message.Payload);
        var delivery = DecodedDelivery.Read(payload);
        var build = assembler.Assemble(record, capabilities, message, delivery, delivery.Content!.Value);
        return build with { Rendered = build.Failure is null ? payload : null };
    }

    /// <summary>What no later attempt can mend. Anything else, such as a store that does not answer, is the caller's to try again.</summary>
    private static bool IsBadContent(Exception e) => e is TemplateException or InvalidDataException or ArgumentException or OverflowException;

    private static OutboundBuild Failed(Exception e) => Failed(e is TemplateException or InvalidDataException
        ? e.Message
        : "The payload is damaged: it holds a value that is out of its range.");

    private static OutboundBuild Failed(string text) => new(null, null, new Why(WhyCodes.RenderFailed, text));
}
