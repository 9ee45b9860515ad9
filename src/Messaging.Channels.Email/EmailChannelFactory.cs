using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Messaging.Channels.Email;

/// <summary>Makes e-mail channels: of the host's named options, or of the connection string that a tenant's account brings along.</summary>
internal sealed class EmailChannelFactory(
    IOptionsMonitor<EmailOptions> options,
    IEnumerable<IPostConfigureOptions<EmailOptions>> setups,
    IEnumerable<IValidateOptions<EmailOptions>> rules,
    IEnumerable<IMailTransportFactory> transports,
    TimeProvider time,
    ILoggerFactory? loggers = null) : IChannelFactory
{
    private readonly ILogger _logger = (loggers ?? NullLoggerFactory.Instance).CreateLogger<EmailChannel>();

    public string Kind => ChannelKinds.Email;

    public IReadOnlyList<string> Schemes => EmailSchemes.All;

    public IChannel Create(ChannelAccount account)
    {
        ArgumentNullException.ThrowIfNull(account);
        var settings = account.ConnectionString is { } secret ? Read(account, secret) : options.Get(account.Name);
        return new EmailChannel(account.Name, EmailSettings.Of(settings), CreateTransport(account.Name, settings), time, _logger);
    }

    private EmailOptions Read(ChannelAccount account, Secret secret)
    {
        var read = new EmailOptions { ConnectionString = secret.Reveal() };
        foreach (var setup in setups)
        {
            setup.PostConfigure(account.Name, read);
        }

        if (EmailParameters.Apply(account.Settings, read) is { } problem)
        {
            throw new ChannelConfigurationException(account.Name, nameof(account.Settings), problem);
        }

        foreach (var rule in rules)
        {
            if (rule.Validate(account.Name, read) is { Failed: true } result)
            {
                throw new ChannelConfigurationException(account.Name, nameof(account.ConnectionString), result.FailureMessage);
            }
        }

        return read;
    }

    private IMailTransport CreateTransport(string account, EmailOptions settings)
    {
        foreach (var factory in transports)
        {
            if (factory.Create(account, settings) is { } transport)
            {
                return transport;
            }
        }

        return settings.PickupDirectory is { } directory ? new PickupTransport(directory) : new SmtpTransport(settings.Smtp, time);
    }
}
