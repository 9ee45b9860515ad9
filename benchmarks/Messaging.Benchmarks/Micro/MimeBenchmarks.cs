using System.IO.Pipelines;
using BenchmarkDotNet.Attributes;
using Messaging.Channels;
using Messaging.Channels.Email;

namespace Messaging.Benchmarks.Micro;

/// <summary>From an outbound message to the octets on the wire: text, 8 KB of html, a subject beyond ASCII.</summary>
[MemoryDiagnoser]
public class MimeBenchmarks
{
    private readonly EmailSettings _settings = new() { From = MailboxParser.TryParse("Salon <salon@example.com>", out var from, out _) ? from : null };
    private readonly PipeWriter _output = PipeWriter.Create(Stream.Null, new StreamPipeWriterOptions(minimumBufferSize: 32 * 1024));
    private readonly OutboundMessage _message = new()
    {
        Id = new MessageId(Guid.NewGuid()),
        DeliveryId = new DeliveryId(Guid.NewGuid()),
        Tenant = TenantId.Default,
        AcceptedAt = new DateTimeOffset(2027, 3, 1, 12, 0, 0, TimeSpan.Zero),
        To = new OutboundRecipient(new Address(ChannelKinds.Email, "anna@example.com"), "Anna Żółta"),
        Subject = "Potwierdzenie wizyty ✓",
        Text = "Dzień dobry",
        Html = string.Concat(Enumerable.Repeat("<p>Dzień dobry Anna, Twoja wizyta jest potwierdzona.</p>\n", 140)),
    };

    [GlobalSetup]
    public async Task CheckAsync()
    {
        if (await EightBit() is < 8_000 or > 20_000 || await SevenBit() is < 8_000 or > 30_000)
        {
            throw new InvalidOperationException("The mail has not the size that it should have.");
        }
    }

    [Benchmark(Baseline = true)]
    public ValueTask<long> EightBit() => WriteAsync(MailTransferEncoding.EightBit);

    [Benchmark]
    public ValueTask<long> SevenBit() => WriteAsync(MailTransferEncoding.SevenBit);

    private async ValueTask<long> WriteAsync(MailTransferEncoding encoding)
    {
        if (!MailDrafter.TryDraft(_message, _settings, out var draft, out _))
        {
            throw new InvalidOperationException("The message was refused.");
        }

        await new MimeContent(draft, _message.AcceptedAt).WriteAsync(encoding, _output, CancellationToken.None);
        var written = _output.UnflushedBytes;
        await _output.FlushAsync();
        return written;
    }
}
