namespace Messaging.Channels.Email;

/// <summary>What of <see cref="DkimOptions"/> a configuration can say.</summary>
internal sealed class DkimSection
{
    public string? Domain { get; set; }

    public string? Selector { get; set; }

    public string? PrivateKey { get; set; }

    public string? PrivateKeyPath { get; set; }

    public string[]? Headers { get; set; }

    public DkimOptions Apply(DkimOptions options)
    {
        options.Domain = Domain ?? options.Domain;
        options.Selector = Selector ?? options.Selector;
        options.PrivateKey = PrivateKey ?? options.PrivateKey;
        options.PrivateKeyPath = PrivateKeyPath ?? options.PrivateKeyPath;
        options.Headers = Headers ?? options.Headers;
        return options;
    }
}
