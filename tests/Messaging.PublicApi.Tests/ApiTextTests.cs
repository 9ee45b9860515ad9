namespace Messaging.PublicApi;

/// <summary>What the text shows; a change that it does not show would pass unseen.</summary>
public sealed class ApiTextTests
{
    private static readonly string Text = ApiText.Of(typeof(ApiTextTests).Assembly);

    [Theory]
    [InlineData("public sealed record Messaging.PublicApi.ApiTextTests.Sample<T> : IEquatable<ApiTextTests.Sample<T>> where T : class, IDisposable, new()")]
    [InlineData("public interface Messaging.PublicApi.ApiTextTests.ISample<in T>")]
    [InlineData("public enum Messaging.PublicApi.ApiTextTests.Size : byte")]
    [InlineData("    Large = 3")]
    [InlineData("    Sample(string Name, int? Count = null)")]
    [InlineData("    required string? Title { get; init; }")]
    [InlineData("    IReadOnlyList<string?> Lines { get; }")]
    [InlineData("    static ApiTextTests.Sample<T> Parse(ReadOnlySpan<char> text, out int read, params string[] rest)")]
    [InlineData("    ValueTask<T?> FindAsync<TKey>(TKey key, ApiTextTests.Size size = Large, CancellationToken cancellationToken = default) where TKey : struct")]
    [InlineData("    const int Limit = 10")]
    [InlineData("    event EventHandler? Changed")]
    public void Of_Samples_ShowsWhatAUserCanName(string line) => Assert.Contains(line, Text.Split('\n'));

    [Theory]
    [InlineData("Hidden")]
    [InlineData("PrintMembers")]
    [InlineData("EqualityContract")]
    [InlineData("Deconstruct")]
    [InlineData("add_Changed")]
    public void Of_Samples_LeavesOutPlumbing(string name) => Assert.DoesNotContain(name, Text, StringComparison.Ordinal);

    public interface ISample<in T>;

    public enum Size : byte
    {
        Small = 1,
        Large = 3,
    }

    public sealed record Sample<T>(string Name, int? Count = null)
        where T : class, IDisposable, new()
    {
        public const int Limit = 10;

        public event EventHandler? Changed;

        public required string? Title { get; init; }

        public IReadOnlyList<string?> Lines { get; } = [];

        internal int Hidden { get; set; }

        public static Sample<T> Parse(ReadOnlySpan<char> text, out int read, params string[] rest)
        {
            read = text.Length + rest.Length;
            return new Sample<T>(text.ToString()) { Title = null };
        }

        public ValueTask<T?> FindAsync<TKey>(TKey key, Size size = Size.Large, CancellationToken cancellationToken = default)
            where TKey : struct
        {
            Changed?.Invoke(key, EventArgs.Empty);
            return new ValueTask<T?>(size == Size.Small ? new T() : null);
        }
    }
}
