using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization.Metadata;
using Messaging.Templates;

namespace Messaging;

/// <summary>A message that the host sends again and again: template, category and route in one place, checked at start-up.</summary>
public abstract class MessageDefinition
{
    private protected MessageDefinition(string template) => Template = template;

    /// <summary>Gets the code of the template.</summary>
    public string Template { get; }

    /// <summary>Gets why it is sent.</summary>
    public string Category { get; private protected init; } = Categories.Transactional;

    /// <summary>Gets the route; <see langword="null"/> when <see cref="Channel"/> says how it goes.</summary>
    public string? Route { get; private protected init; }

    /// <summary>Gets the account, group or kind; <see langword="null"/> when <see cref="Route"/> says how it goes.</summary>
    public string? Channel { get; private protected init; }

    /// <summary>Gets the lane; <see langword="null"/> means the default.</summary>
    public MessagePriority? Priority { get; private protected init; }

    /// <summary>Gets the type of the data.</summary>
    public abstract Type DataType { get; }

    /// <summary>Gets the names of the variables that the data offers, for the start-up check.</summary>
    public abstract IReadOnlyCollection<string> Variables { get; }

    /// <summary>Makes a definition whose data is read by reflection over public properties; safe to trim.</summary>
    public static MessageDefinition<T> Create<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] T>(
        string template, string category = Categories.Transactional, string? route = null, string? channel = null, MessagePriority? priority = null)
        where T : notnull =>
        new(template, TemplateDataReader.ForProperties<T>(), category, route, channel, priority);

    /// <summary>Makes a definition whose data is read by source-generated metadata.</summary>
    public static MessageDefinition<T> Create<T>(
        string template, JsonTypeInfo<T> json, string category = Categories.Transactional, string? route = null, string? channel = null, MessagePriority? priority = null)
        where T : notnull =>
        new(template, TemplateDataReader.ForJson(json), category, route, channel, priority);
}
