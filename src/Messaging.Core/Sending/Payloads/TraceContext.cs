using System.Diagnostics;

namespace Messaging.Sending;

/// <summary>The caller's place in a trace, in 25 bytes of a payload; as <c>traceparent</c> (W3C Trace Context §3.2) for those who link to it.</summary>
internal static class TraceContext
{
    private const int TraceIdBytes = 16;
    private const int SpanIdBytes = 8;

    public static void Write(PayloadBuffer buffer, Activity? activity, byte tag = (byte)MessageSection.Trace)
    {
        if (activity is not { IdFormat: ActivityIdFormat.W3C })
        {
            return;
        }

        buffer.Byte(tag);
        buffer.Number(TraceIdBytes + SpanIdBytes + 1);
        var bytes = buffer.Bytes.GetSpan(TraceIdBytes + SpanIdBytes + 1);
        activity.TraceId.CopyTo(bytes[..TraceIdBytes]);
        activity.SpanId.CopyTo(bytes.Slice(TraceIdBytes, SpanIdBytes));
        bytes[TraceIdBytes + SpanIdBytes] = (byte)activity.ActivityTraceFlags;
        buffer.Bytes.Advance(TraceIdBytes + SpanIdBytes + 1);
    }

    public static string? Read(ReadOnlySpan<byte> section) => section.Length != TraceIdBytes + SpanIdBytes + 1 ? null
        : $"00-{Convert.ToHexStringLower(section[..TraceIdBytes])}-{Convert.ToHexStringLower(section.Slice(TraceIdBytes, SpanIdBytes))}-{section[^1]:x2}";
}
