namespace Messaging.Benchmarks.Measuring;

internal readonly record struct Percentiles(double P50Ms, double P99Ms, double MaxMs);
