namespace Messaging.Templates.Directories;

public sealed class TemplateFileNameTests
{
    [Theory]
    [InlineData("booking.email.html", null, "booking", "email", "default", TemplatePart.Html)]
    [InlineData("booking.email.pl.subject", null, "booking", "email", "pl", TemplatePart.Subject)]
    [InlineData("booking.email.pl_pl.TXT", null, "booking", "email", "pl-PL", TemplatePart.Text)]
    [InlineData("orders/late/booking.sms.txt", null, "booking", "sms", "default", TemplatePart.Text)]
    [InlineData("_partials/footer.pl.html", null, "footer", "partial", "pl", TemplatePart.Html)]
    [InlineData("_layouts/email.txt", null, "email", "layout", "default", TemplatePart.Text)]
    [InlineData("_tenants/salon_1/booking.email.html", "salon_1", "booking", "email", "default", TemplatePart.Html)]
    [InlineData("_tenants/salon_1/_layouts/email.html", "salon_1", "email", "layout", "default", TemplatePart.Html)]
    public void Parse_Path_SaysWhatItHolds(string path, string? tenant, string code, string kind, string locale, TemplatePart part) =>
        Assert.Equal(new TemplateFileName(tenant is null ? null : new TenantId(tenant), code, kind, locale, part), TemplateFileName.Parse(path));

    [Theory]
    [InlineData("readme.md")]
    [InlineData("booking.email.html~")]
    [InlineData(".DS_Store")]
    public void Parse_OtherFile_IsIgnored(string path) => Assert.Null(TemplateFileName.Parse(path));

    [Theory]
    [InlineData("booking.html")]
    [InlineData("a.b.c.d.html")]
    [InlineData("booking.email.polish.html")]
    [InlineData("_partials/a.b.c.html")]
    [InlineData(".email.html")]
    public void Parse_MisnamedFile_SaysHowToNameIt(string path)
    {
        var exception = Assert.Throws<InvalidOperationException>(() => TemplateFileName.Parse(path));

        Assert.Contains(path, exception.Message, StringComparison.Ordinal);
        Assert.Contains("Name it", exception.Message, StringComparison.Ordinal);
    }
}
