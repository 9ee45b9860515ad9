namespace Messaging.Storage.Memory.Snapshots;

public sealed class ImageLayoutTests
{
    /// <summary>Journals on disk hold rows as they lie in memory. Whoever changes a row makes a new version, and teaches the journal to read the one before.</summary>
    [Fact]
    public void Sizes_OfAllRows_AreThoseOfTheVersion() => Assert.Equal((2, "120 80 168 80 48 72 40 24 8 64"), (ImageLayout.Version, ImageLayout.Sizes));
}
