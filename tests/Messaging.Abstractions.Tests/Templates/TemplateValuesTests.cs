using System.Text.Json;

namespace Messaging.Templates;

public sealed class TemplateValuesTests
{
    private enum Colour
    {
        Red,
    }

    public static TheoryData<object?, object?> Counterparts => new()
    {
        { null, null },
        { "text", "text" },
        { true, true },
        { 5, 5L },
        { (short)5, 5L },
        { (byte)5, 5L },
        { 5u, 5L },
        { 5ul, 5m },
        { 0.5f, 0.5 },
        { 1.5m, 1.5m },
        { 'x', "x" },
        { Colour.Red, "Red" },
        { new Guid("f81d4fae-7dec-11d0-a765-00a0c91e6bf6"), "f81d4fae-7dec-11d0-a765-00a0c91e6bf6" },
        { new Uri("https://example.com/a"), "https://example.com/a" },
        { new DateOnly(2026, 1, 5), new DateOnly(2026, 1, 5) },
        { new TimeOnly(13, 30), new TimeOnly(13, 30) },
        { TimeSpan.FromMinutes(90), TimeSpan.FromMinutes(90) },
        { new DateTime(2026, 1, 5, 13, 30, 0), new DateTime(2026, 1, 5, 13, 30, 0) },
        { new DateTime(2026, 1, 5, 13, 30, 0, DateTimeKind.Utc), new DateTimeOffset(2026, 1, 5, 13, 30, 0, TimeSpan.Zero) },
    };

    [Theory]
    [MemberData(nameof(Counterparts))]
    public void Normalize_Value_BecomesItsCounterpart(object? value, object? expected)
    {
        var normal = TemplateValues.Normalize("x", value);

        Assert.Equal(expected, normal);
        Assert.Equal(expected?.GetType(), normal?.GetType());
    }

    [Theory]
    [InlineData("text")]
    [InlineData(true)]
    [InlineData(45)]
    public void Normalize_OneValue_AllocatesNothing(object value)
    {
        TemplateValues.Normalize("x", value);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
        {
            TemplateValues.Normalize("x", value);
        }

        // Tiering may allocate a little meanwhile; an object for each value would be 24 bytes a thousand times.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10_000);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(int.MaxValue)]
    public void Normalize_WholeNumber_KeepsItsValue(int value) => Assert.Equal((long)value, TemplateValues.Normalize("x", value));

    [Fact]
    public void Normalize_Lists_KeepTheirItems() =>
        Assert.Equal([1L, "a", null], Assert.IsType<TemplateList>(TemplateValues.Normalize("x", new object?[] { 1, "a", null })));

    [Fact]
    public void Normalize_Dictionaries_OfAnyValueBecomeData()
    {
        Assert.Equal(5L, Data(new Dictionary<string, int> { ["a"] = 5 })["a"]);
        Assert.Equal("x", Data(new Dictionary<string, string> { ["a"] = "x" })["a"]);
        Assert.Equal(1.5m, Data(new Dictionary<string, object?> { ["a"] = 1.5m })["a"]);
        Assert.Equal("x", Data(new Dictionary<int, string> { [7] = "x" })["7"]);
        Assert.Equal(2L, Data(new Dictionary<string, object?> { ["a"] = new Dictionary<string, int> { ["b"] = 2 } }, "a")["b"]);
    }

    [Fact]
    public void Normalize_Json_BecomesATree()
    {
        using var json = JsonDocument.Parse("""{ "Name": "Anna", "Count": 3, "Price": 10.50, "Huge": 1e300, "Vip": true, "None": null, "Items": [{ "Name": "cut" }, 2] }""");

        var data = Data(json.RootElement);

        Assert.Equal(["Anna", 3L, 10.50m, 1e300, true, null], data.Values.Take(6));
        var items = Assert.IsType<TemplateList>(data["Items"]);
        Assert.Equal("cut", Assert.IsType<TemplateData>(items[0])["Name"]);
        Assert.Equal(2L, items[1]);
    }

    [Fact]
    public void Normalize_OtherType_NamesTheVariableAndTheFix()
    {
        var exception = Assert.Throws<ArgumentException>(() => TemplateValues.Normalize("Booking", new Version(1, 2)));

        Assert.Contains("'Booking'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("System.Version", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Normalize_TooDeepOrEndless_IsAnError()
    {
        var list = new List<object?>();
        list.Add(list);

        Assert.Contains("nested deeper", Assert.Throws<ArgumentException>(() => TemplateValues.Normalize("x", list)).Message, StringComparison.Ordinal);
    }

    private static TemplateData Data(object value, string? inner = null)
    {
        var data = Assert.IsType<TemplateData>(TemplateValues.Normalize("x", value));
        return inner is null ? data : Assert.IsType<TemplateData>(data[inner]);
    }
}
