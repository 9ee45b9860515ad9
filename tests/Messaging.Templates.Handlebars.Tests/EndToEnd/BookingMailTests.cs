using Microsoft.Extensions.DependencyInjection;

namespace Messaging.Templates.Handlebars.EndToEnd;

/// <summary>A salon's mail from files on the disk to what a client reads.</summary>
public sealed class BookingMailTests : IDisposable
{
    private static readonly TenantId Salon = new("salon_123");
    private readonly string _root = Directory.CreateTempSubdirectory("templates-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task Preview_InTwoLanguages_ReadsAsItShould()
    {
        WriteTemplates();
        await using var services = Services(m => m.UseHandlebars(t => t.FromDirectory(_root)));
        var templates = services.GetRequiredService<ITemplates>();

        var polish = await templates.PreviewAsync(Salon, Booking(), ChannelKinds.Email, "pl-PL", "Europe/Warsaw");
        var english = await templates.PreviewAsync(Salon, Booking(), ChannelKinds.Email, "en-GB", "Europe/London");

        Assert.Equal("Wizyta 14 marca o 14:30", polish.Content.Subject);
        Assert.Equal("Dzień dobry, Anna!\n- strzyżenie: 60 minut\n- koloryzacja: 1 minuta\nRazem: 389,00 zł\n-- \nRóża & Mak\n", Plain(polish.Content.Text));
        Assert.Equal("<main><p>Dzień dobry, Anna!</p>\n<p>Razem: 389,00 zł</p>\n</main><p>Róża &amp; Mak</p>\n", Plain(polish.Content.Html));
        Assert.Equal("Visit on 14 March, 13:30", english.Content.Subject);
        Assert.Null(english.Content.Html);
        Assert.Equal("default", english.Version.Locale);
        Assert.Equal(["FirstName", "Salon", "Services", "Start", "Total"], polish.Variables);
    }

    [Fact]
    public async Task Preview_VariableMissing_NamesEverything()
    {
        WriteTemplates();
        await using var services = Services(m => m.UseHandlebars(t => t.FromDirectory(_root)));

        var exception = await Assert.ThrowsAsync<TemplateException>(async () =>
            await services.GetRequiredService<ITemplates>().PreviewAsync(Salon, new TemplateReference("booking_confirmed"), ChannelKinds.Email, "pl"));

        Assert.Equal(("booking_confirmed", "pl", "Start"), (exception.Code, exception.Locale, exception.Variable));
    }

    [Fact]
    public async Task Save_OverATemplateOfAFile_IsForTheTenantAlone()
    {
        WriteTemplates();
        await using var services = Services(m => m.UseHandlebars(t => t.FromDirectory(_root)));
        var templates = services.GetRequiredService<ITemplates>();

        await templates.SaveAsync(new TemplateVersion { Tenant = Salon, Code = "booking_confirmed", Kind = ChannelKinds.Email, Locale = "pl", Subject = "{{FirstName}}, do zobaczenia!" });

        Assert.Equal("Anna, do zobaczenia!", (await templates.PreviewAsync(Salon, Booking(), ChannelKinds.Email, "pl-PL")).Content.Subject);
        Assert.StartsWith("Wizyta", (await templates.PreviewAsync(new TenantId("another"), Booking(), ChannelKinds.Email, "pl-PL")).Content.Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Save_HostileTemplate_IsRefusedAndNothingIsKept()
    {
        await using var services = Services(m => m.UseHandlebars());
        var templates = services.GetRequiredService<ITemplates>();

        await Assert.ThrowsAsync<TemplateException>(async () =>
            await templates.SaveAsync(new TemplateVersion { Tenant = Salon, Code = "x", Kind = ChannelKinds.Email, Html = "{{> /etc/passwd}}" }));

        Assert.Empty((await templates.ListAsync(Salon)).Items);
    }

    private static ServiceProvider Services(Action<MessagingBuilder> configure) => new ServiceCollection().AddMessaging(configure).BuildServiceProvider();

    private static TemplateReference Booking() => new("booking_confirmed")
    {
        Data = Hbs.Data(
            ("FirstName", "Anna"),
            ("Salon", "Róża & Mak"),
            ("Start", new DateTimeOffset(2026, 3, 14, 13, 30, 0, TimeSpan.Zero)),
            ("Total", 389m),
            ("Services", new[] { Hbs.Data(("Name", "strzyżenie"), ("Minutes", 60)), Hbs.Data(("Name", "koloryzacja"), ("Minutes", 1)) })),
    };

    private static string? Plain(string? text) => text?.Replace('\u00a0', ' ');

    private void WriteTemplates()
    {
        Write("booking_confirmed.email.pl.subject", "Wizyta {{date Start 'day'}} o {{time Start}}\n");
        Write("booking_confirmed.email.pl.txt", "Dzień dobry, {{FirstName}}!\n{{#each Services}}\n- {{Name}}: {{Minutes}} {{plural Minutes 'minuta' 'minuty' 'minut'}}\n{{/each}}\nRazem: {{currency Total 'PLN'}}\n");
        Write("booking_confirmed.email.pl.html", "---\ncategory: transactional\n---\n<p>Dzień dobry, {{FirstName}}!</p>\n<p>Razem: {{currency Total 'PLN'}}</p>\n");
        Write("booking_confirmed.email.subject", "Visit on {{date Start 'day'}}, {{time Start}}");
        Write("_layouts/email.html", "<main>{{> body}}</main>{{> footer}}");
        Write("_layouts/email.txt", "{{> body}}\n-- \n{{> footer}}\n");
        Write("_partials/footer.html", "<p>{{Salon}}</p>\n");
        Write("_partials/footer.txt", "{{Salon}}\n");
    }

    private void Write(string path, string text)
    {
        var file = Path.Combine(_root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
