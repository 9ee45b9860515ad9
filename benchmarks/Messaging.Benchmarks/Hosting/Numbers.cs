using System.Globalization;

namespace Messaging.Benchmarks.Hosting;

/// <summary>Numbered recipients: <c>r17@example.com</c>.</summary>
internal static class Numbers
{
    public static string Address(int i) => string.Create(CultureInfo.InvariantCulture, $"r{i}@example.com");

    public static int Of(string address) => int.Parse(address.AsSpan(1, address.IndexOf('@', StringComparison.Ordinal) - 1), CultureInfo.InvariantCulture);
}
