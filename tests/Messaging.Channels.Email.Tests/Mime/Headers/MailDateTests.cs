namespace Messaging.Channels.Email;

public sealed class MailDateTests
{
    [Theory]
    [InlineData("2026-01-05T10:00:00+00:00", "Date: Mon, 05 Jan 2026 10:00:00 +0000\r\n")]
    [InlineData("2026-01-05T00:30:59.9+02:00", "Date: Sun, 04 Jan 2026 22:30:59 +0000\r\n")]
    public void Write_Instant_IsUtc(string instant, string expected) => Assert.Equal(
        expected,
        Headers.Text((ref OctetWriter writer) => MailDate.Write(ref writer, DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture))));
}
