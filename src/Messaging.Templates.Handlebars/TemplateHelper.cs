namespace Messaging.Templates.Handlebars;

/// <summary>A helper that templates call by name: <c>{{seats Room "window"}}</c>. Called concurrently; trusted, so it must not hand out what templates must not see.</summary>
/// <param name="arguments">The values, in order; a missing variable is <see langword="null"/>.</param>
/// <param name="context">For whom it is rendered.</param>
/// <returns>The value to print, of any type that template data can keep; text is escaped in html.</returns>
public delegate object? TemplateHelper(IReadOnlyList<object?> arguments, RenderContext context);
