namespace Messaging.Templates;

/// <summary>The lengths in bytes of parts that stand one after the other in a buffer. 0 means that there is no such part.</summary>
internal readonly record struct RenderedLengths(int Subject, int Text, int Html);
