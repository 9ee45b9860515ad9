using Messaging.Templates;

namespace Messaging;

/// <summary>A <see cref="MessageDefinition"/> with typed data.</summary>
public sealed class MessageDefinition<T> : MessageDefinition
    where T : notnull
{
    private readonly TemplateDataReader<T> _reader;

    internal MessageDefinition(
        string template, TemplateDataReader<T> reader, string category, string? route, string? channel, MessagePriority? priority)
        : base(template)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(template);
        ArgumentException.ThrowIfNullOrWhiteSpace(category);
        _reader = reader;
        Category = category;
        Route = route;
        Channel = channel;
        Priority = priority;
    }

    /// <inheritdoc/>
    public override Type DataType => typeof(T);

    /// <inheritdoc/>
    public override IReadOnlyCollection<string> Variables => _reader.Names;

    /// <summary>Makes a request for one recipient or several; add to it by <c>with { … }</c>.</summary>
    public SendRequest To(RecipientList recipients, T data) => Request(recipients, new TemplateReference(Template) { Data = _reader.Read(data) });

    /// <summary>Makes what all items of a bulk share.</summary>
    public SendRequest Shared() => Request(default, new TemplateReference(Template));

    /// <summary>Makes one item of a bulk.</summary>
    public BulkItem Item(Recipient recipient, T data) => new(recipient) { Data = _reader.Read(data) };

    private SendRequest Request(RecipientList recipients, TemplateReference template) => new()
    {
        To = recipients,
        Template = template,
        Category = Category,
        Route = Route,
        Channel = Channel,
        Priority = Priority,
    };
}
