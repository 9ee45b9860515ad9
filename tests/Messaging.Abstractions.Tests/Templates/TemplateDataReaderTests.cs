using System.Text.Json;
using System.Text.Json.Serialization;

namespace Messaging.Templates;

public sealed partial class TemplateDataReaderTests
{
    private static readonly Booking Example = new(
        "Anna", new DateOnly(2026, 3, 14), new TimeOnly(13, 30), 149.50m, Status.Confirmed, [new("cut", 60), new("colour", 90)],
        new Dictionary<string, Service> { ["first"] = new("cut", 60) }, new Salon("Róża", new Salon("Mak", null)), null);

    private enum Status
    {
        Confirmed,
    }

    [Fact]
    public void ForProperties_Record_ReadsEachPropertyUnderItsName()
    {
        var reader = TemplateDataReader.ForProperties<Flat>();

        var data = reader.Read(new Flat("Anna", new DateOnly(2026, 3, 14), new TimeOnly(13, 30), 149.50m, Status.Confirmed, 24, [1, 2], new Dictionary<string, int> { ["a"] = 1 }, null));

        Assert.Equal(["Name", "Day", "Time", "Price", "Status", "Hours", "Numbers", "Counts", "Note", "Upper"], reader.Names);
        Assert.Equal(["Anna", new DateOnly(2026, 3, 14), new TimeOnly(13, 30), 149.50m, "Confirmed", 24L], data.Values.Take(6));
        Assert.Equal([1L, 2L], Assert.IsType<TemplateList>(data["Numbers"]));
        Assert.Equal(1L, Assert.IsType<TemplateData>(data["Counts"])["a"]);
        Assert.Null(data["Note"]);
        Assert.Equal("ANNA", data["Upper"]);
    }

    [Fact]
    public void ForProperties_ManyValues_ShareOneShape()
    {
        var reader = TemplateDataReader.ForProperties<Salon2>();

        Assert.Same(reader.Read(new Salon2("a")).Shape, reader.Read(new Salon2("b")).Shape);
    }

    [Fact]
    public void ForProperties_Struct_IsReadToo() => Assert.Equal(5L, TemplateDataReader.ForProperties<Point>().Read(new Point(5))["X"]);

    [Fact]
    public void ForProperties_NestedTypeOfTheHost_NamesPropertyAndFix()
    {
        var exception = Assert.Throws<ArgumentException>(() => TemplateDataReader.ForProperties<Booking>());

        Assert.Contains("Booking.Services", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Service,", exception.Message, StringComparison.Ordinal);
        Assert.Contains("MessageDefinition.Create(…, MyJson.Default.MyType)", exception.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => TemplateDataReader.ForProperties<Nested>());
        Assert.Throws<ArgumentException>(() => TemplateDataReader.ForProperties<NestedInMap>());
    }

    [Fact]
    public void ForProperties_ObjectThatHoldsAHostsType_NamesTheVariableWhenRead() =>
        Assert.Contains("'Value'", Assert.Throws<ArgumentException>(() => TemplateDataReader.ForProperties<Anything>().Read(new(new Point(5)))).Message, StringComparison.Ordinal);

    [Fact]
    public void ForProperties_PropertyThrows_ThrowsAsItIs() =>
        Assert.Throws<InvalidOperationException>(() => TemplateDataReader.ForProperties<Throwing>().Read(new Throwing()));

    [Fact]
    public void ForJson_NestedTypes_AreReadUnderTheirNetNames()
    {
        var reader = TemplateDataReader.ForJson(Json.Default.Booking);

        var data = reader.Read(Example);

        Assert.Equal(["Name", "Day", "Time", "Price", "Status", "Services", "ByName", "Salon", "Note"], reader.Names);
        Assert.Equal(["Anna", new DateOnly(2026, 3, 14), new TimeOnly(13, 30), 149.50m, "Confirmed"], data.Values.Take(5));
        var services = Assert.IsType<TemplateList>(data["Services"]).Cast<TemplateData>().ToArray();
        Assert.Equal([("cut", 60L), ("colour", 90L)], services.Select(s => ((string)s["Name"]!, (long)s["Minutes"]!)));
        Assert.Same(services[0].Shape, services[1].Shape);
        Assert.Equal("cut", Path(data, "ByName", "first")["Name"]);
        Assert.Equal("Mak", Path(data, "Salon", "Parent")["Name"]);
        Assert.Null(Path(data, "Salon", "Parent")["Parent"]);
    }

    [Fact]
    public void ForJson_Sequences_OfAnyMakeKeepTheirItemsInOrder()
    {
        var reader = TemplateDataReader.ForJson(Json.Default.Anything);

        Assert.Equal([1L, 2L], Assert.IsType<TemplateList>(reader.Read(new(Enumerable.Range(1, 2)))["Value"]));
        Assert.Equal([1L, 2L, 3L, 4L], Assert.IsType<TemplateList>(reader.Read(new(new[,] { { 1, 2 }, { 3, 4 } }))["Value"]));
        Assert.Equal(["a", null], Assert.IsType<TemplateList>(reader.Read(new(new List<string?> { "a", null }))["Value"]));
    }

    [Fact]
    public void ForJson_ObjectThatHoldsItself_IsAnErrorNotTheEndOfTheProcess()
    {
        var loop = new Loop();
        loop.Self = loop;

        Assert.Contains("contains itself", Assert.Throws<ArgumentException>(() => TemplateDataReader.ForJson(Json.Default.Loop).Read(loop)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ForJson_TypeThatTheMetadataLacks_NamesTheVariable() =>
        Assert.Contains("'Value'", Assert.Throws<ArgumentException>(() => TemplateDataReader.ForJson(Json.Default.Anything).Read(new(new Version(1, 0)))).Message, StringComparison.Ordinal);

    [Fact]
    public void Create_Definition_OffersTheNamesAndReadsTheData()
    {
        var definition = MessageDefinition.Create<Salon2>("hello");

        Assert.Equal(["Name"], definition.Variables);
        Assert.Equal("Róża", definition.To(Recipient.Email("anna@example.com"), new Salon2("Róża")).Template!.Data["Name"]);
        Assert.Equal(["Name", "Minutes"], MessageDefinition.Create("hello", Json.Default.Service).Variables);
    }

    private static TemplateData Path(TemplateData data, params string[] names) => names.Aggregate(data, (inner, name) => Assert.IsType<TemplateData>(inner[name]));

    private readonly record struct Point(int X);

    private sealed record Salon2(string Name);

    private sealed record Anything(object Value);

    private sealed record Nested(Salon2 Salon);

    private sealed record NestedInMap(Dictionary<string, Salon2> Salons);

    private sealed record Service(string Name, int Minutes);

    private sealed record Salon(string Name, Salon? Parent);

    private sealed record Flat(
        string Name, DateOnly Day, TimeOnly Time, decimal Price, Status Status, int Hours, IReadOnlyList<int> Numbers, Dictionary<string, int> Counts, string? Note)
    {
        public static string Shared => "not read";

        public string Upper => Name.ToUpperInvariant();

        private string Hidden => "not read" + Name;
    }

    private sealed record Booking(
        string Name, DateOnly Day, TimeOnly Time, decimal Price, Status Status, IReadOnlyList<Service> Services, Dictionary<string, Service> ByName, Salon Salon, string? Note);

    private sealed class Loop
    {
        public Loop? Self { get; set; }
    }

    private sealed class Throwing
    {
        public string Name => throw new InvalidOperationException();
    }

    [JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
    [JsonSerializable(typeof(Booking))]
    [JsonSerializable(typeof(Loop))]
    [JsonSerializable(typeof(Anything))]
    private sealed partial class Json : JsonSerializerContext;
}
