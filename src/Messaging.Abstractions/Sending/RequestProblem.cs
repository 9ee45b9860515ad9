namespace Messaging;

/// <summary>One thing that is wrong with a request.</summary>
/// <param name="Field">The path of the field, such as <c>To[0].Address</c>.</param>
/// <param name="Code">A stable code in snake case, such as <c>invalid_address</c>.</param>
/// <param name="Text">What is wrong and how to mend it; free of addresses, bodies and credentials.</param>
public sealed record RequestProblem(string Field, string Code, string Text);
