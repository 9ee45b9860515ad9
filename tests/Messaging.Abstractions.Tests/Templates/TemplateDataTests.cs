namespace Messaging.Templates;

public sealed class TemplateDataTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(40)]
    public void TryGetValue_AnyNumberOfNames_FindsEach(int count)
    {
        var names = Enumerable.Range(0, count).Select(i => $"Name{i}").ToArray();
        var data = TemplateData.From(names.Select((name, i) => KeyValuePair.Create(name, (object?)i)));
        var lasting = new TemplateShape(names);

        for (var i = 0; i < count; i++)
        {
            Assert.Equal((long)i, data[names[i]]);
            Assert.Equal((i, i, i, i), (data.Shape.IndexOf(names[i]), data.Shape.IndexOf(names[i].AsSpan()), lasting.IndexOf(names[i]), lasting.IndexOf(names[i].AsSpan())));
        }

        Assert.Equal((-1, -1, -1, -1), (data.Shape.IndexOf("name0"), data.Shape.IndexOf("name0".AsSpan()), lasting.IndexOf("other"), lasting.IndexOf("".AsSpan())));
        Assert.False(data.TryGetValue("Other", out var missing));
        Assert.Null(missing);
        Assert.Equal(names, data.Select(pair => pair.Key));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(20)]
    public void From_NameTwice_IsAnErrorThatNamesIt(int count)
    {
        var pairs = Enumerable.Range(0, count).Select(i => KeyValuePair.Create($"Name{i}", (object?)i)).Append(KeyValuePair.Create("Name1", (object?)null)).ToArray();

        Assert.Contains("'Name1'", Assert.Throws<ArgumentException>(() => TemplateData.From(pairs)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new TemplateShape(pairs.Select(p => p.Key)));
    }

    [Fact]
    public void With_OtherData_WinsWhereBothHaveAName()
    {
        var merged = Data(("a", 1), ("b", 2)).With(Data(("b", 3), ("c", 4)));

        Assert.Equal([("a", 1L), ("b", 3L), ("c", 4L)], merged.Select(p => (p.Key, (long)p.Value!)));
        Assert.Same(merged, merged.With(TemplateData.Empty));
        Assert.Same(merged, TemplateData.Empty.With(merged));
    }

    [Fact]
    public void From_ShapeAndValues_ChecksBoth()
    {
        var shape = new TemplateShape(["a"]);

        Assert.Equal(5L, TemplateData.From(shape, [5])["a"]);
        Assert.Throws<ArgumentException>(() => TemplateData.From(shape, []));
        Assert.Throws<ArgumentException>(() => TemplateData.From(shape, [new Version(1, 0)]));
    }

    [Fact]
    public void Index_MissingName_SaysWhich() =>
        Assert.Contains("'FirstName'", Assert.Throws<KeyNotFoundException>(() => TemplateData.Empty["FirstName"]).Message, StringComparison.Ordinal);

    private static TemplateData Data(params (string Name, object? Value)[] variables) =>
        TemplateData.From(variables.Select(v => KeyValuePair.Create(v.Name, v.Value)));
}
