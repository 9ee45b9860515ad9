using System.Text;

namespace Messaging.Channels.Email;

/// <summary>Runs a header writer and reads what it wrote.</summary>
internal static class Headers
{
    public delegate void Writing(ref OctetWriter writer);

    public static byte[] Write(Writing write)
    {
        using var buffer = new PooledBuffer(64);
        var writer = new OctetWriter(buffer);
        write(ref writer);
        writer.Complete();
        return buffer.Span.ToArray();
    }

    public static string Text(Writing write) => Encoding.UTF8.GetString(Write(write));

    public static string Subject(string value) =>
        Text((ref OctetWriter writer) => UnstructuredHeader.Write(ref writer, "Subject"u8, Encoding.UTF8.GetBytes(value)));

    /// <summary>The value of a field: unfolded, without name.</summary>
    public static string Unfold(string field)
    {
        Assert.EndsWith("\r\n", field, StringComparison.Ordinal);
        var unfolded = field[..^2].Replace("\r\n ", " ", StringComparison.Ordinal).Replace("\r\n\t", "\t", StringComparison.Ordinal);
        Assert.DoesNotContain('\n', unfolded);
        return unfolded[(unfolded.IndexOf(':', StringComparison.Ordinal) + 1)..];
    }

    public static string[] Lines(string field) => field.Split("\r\n")[..^1];
}
