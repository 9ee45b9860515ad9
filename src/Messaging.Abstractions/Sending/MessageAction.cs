namespace Messaging;

/// <summary>Something the recipient may do with a message: a button, or a line with a link.</summary>
/// <param name="Label">What the button says.</param>
/// <param name="Value">The URL to open, or the payload that comes back.</param>
public sealed record MessageAction(string Label, string Value);
