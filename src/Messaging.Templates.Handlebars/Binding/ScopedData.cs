namespace Messaging.Templates.Handlebars.Binding;

/// <summary>Data with the arguments of a partial laid over it.</summary>
/// <param name="Inner">The data that the partial was included in.</param>
/// <param name="Names">The arguments.</param>
internal sealed record ScopedData(object? Inner, IReadOnlyDictionary<string, object?> Names);
