using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Messaging.Channels.Email;

/// <summary>Completes options: what the connection string names, and a token provider of the host's services.</summary>
internal sealed class EmailOptionsSetup(IServiceProvider services) : IPostConfigureOptions<EmailOptions>
{
    public void PostConfigure(string? name, EmailOptions options)
    {
        if (options.ConnectionString is { } text)
        {
            EmailConnectionString.Apply(text, options); // what is wrong with it is said by the rules
        }

        options.Smtp.TokenProvider ??= FindTokenProvider(name, options.Smtp);
    }

    // One registered under the account's name is for it; one for all is for accounts that want tokens.
    private ISmtpTokenProvider? FindTokenProvider(string? name, SmtpOptions smtp) =>
        (name is null ? null : services.GetKeyedService<ISmtpTokenProvider>(name))
        ?? (smtp.Authentication == SmtpAuthentication.XOAuth2 ? services.GetService<ISmtpTokenProvider>() : null);
}
