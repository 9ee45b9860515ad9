using System.Buffers;
using BenchmarkDotNet.Attributes;
using Messaging.Benchmarks.Hosting;
using Messaging.Templates;
using Microsoft.Extensions.DependencyInjection;

namespace Messaging.Benchmarks.Micro;

/// <summary>The booking mail: subject, text and html from the cache.</summary>
[MemoryDiagnoser]
public class RenderBenchmarks
{
    private readonly ArrayBufferWriter<byte> _output = new(16 * 1024);
    private readonly TimeZoneInfo _zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Warsaw");
    private readonly TemplateData _data = BookingMail.Definition.To(Recipient.Email("anna@example.com"), BookingMail.Number(0)).Template!.Data;
    private IResolvedTemplate _template = null!;

    [GlobalSetup]
    public async Task CheckAsync()
    {
        var provider = new ServiceCollection().AddLogging().AddMessaging(m => m.UseBookingTemplates()).BuildServiceProvider();
        _template = (await provider.GetRequiredService<ITemplateCatalog>()
            .ResolveAsync(TenantId.Default, "booking_confirmed", ChannelKinds.Email, "pl-PL", null, CancellationToken.None))!;
        if (Render() < 1_500 || !System.Text.Encoding.UTF8.GetString(_output.WrittenSpan).Contains("Strzyżenie damskie", StringComparison.Ordinal))
        {
            throw new InvalidOperationException("The mail is not what it should be.");
        }
    }

    [Benchmark]
    public int Render()
    {
        _output.ResetWrittenCount();
        return _template.Render(_data, "pl-PL", _zone, _output).Html;
    }
}
