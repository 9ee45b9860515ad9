using Microsoft.Extensions.Configuration;

namespace Messaging.Channels.Email;

/// <summary>What of <see cref="EmailOptions"/> a configuration can say. Certificates, callbacks and services come by code.</summary>
internal sealed class EmailSection
{
    public string? ConnectionString { get; set; }

    public string? From { get; set; }

    public string? ReturnPath { get; set; }

    public string? MessageIdDomain { get; set; }

    public long? MaxMessageBytes { get; set; }

    public int? MaxRecipients { get; set; }

    public string? PickupDirectory { get; set; }

    public DsnNotify? Notify { get; set; }

    public DsnReturn? Return { get; set; }

    public SmtpSection? Smtp { get; set; }

    public DkimSection? Dkim { get; set; }

    /// <summary>Sets what a configuration says; a section that is a plain value is a connection string.</summary>
    public static void Apply(IConfiguration configuration, EmailOptions options)
    {
        if (configuration is IConfigurationSection { Value: { Length: > 0 } text })
        {
            options.ConnectionString = text;
            return;
        }

        try
        {
            var section = new EmailSection();
            configuration.Bind(section, static binder => binder.ErrorOnUnknownConfiguration = true);
            section.Apply(options);
        }
        catch (InvalidOperationException e)
        {
            options.SectionProblem = e.Message;
        }
    }

    private void Apply(EmailOptions options)
    {
        options.ConnectionString = ConnectionString ?? options.ConnectionString;
        options.From = From ?? options.From;
        options.ReturnPath = ReturnPath ?? options.ReturnPath;
        options.MessageIdDomain = MessageIdDomain ?? options.MessageIdDomain;
        options.MaxMessageBytes = MaxMessageBytes ?? options.MaxMessageBytes;
        options.MaxRecipients = MaxRecipients ?? options.MaxRecipients;
        options.PickupDirectory = PickupDirectory ?? options.PickupDirectory;
        options.Notify = Notify ?? options.Notify;
        options.Return = Return ?? options.Return;
        Smtp?.Apply(options.Smtp);
        options.Dkim = Dkim?.Apply(options.Dkim ?? new()) ?? options.Dkim;
    }
}
