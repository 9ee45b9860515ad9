namespace Messaging.Benchmarks.Hosting;

/// <summary>One service of a booking.</summary>
internal sealed record ServiceLine(string Name, int Minutes, decimal Price);
