namespace Messaging.Channels.Email;

/// <summary>What of <see cref="SmtpOptions"/> a configuration can say.</summary>
internal sealed class SmtpSection
{
    public string? Host { get; set; }

    public int? Port { get; set; }

    public SmtpSecurity? Security { get; set; }

    public string? UserName { get; set; }

    public string? Password { get; set; }

    public SmtpAuthentication? Authentication { get; set; }

    public bool? AllowClearTextCredentials { get; set; }

    public string? HelloName { get; set; }

    public bool? CheckCertificateRevocation { get; set; }

    public bool? Pipelining { get; set; }

    public bool? Chunking { get; set; }

    public int? MaxRecipientsPerTransaction { get; set; }

    public int? MaxConnections { get; set; }

    public int? MaxMailsPerConnection { get; set; }

    public TimeSpan? MaxConnectionAge { get; set; }

    public TimeSpan? IdleTimeout { get; set; }

    public TimeSpan? ConnectTimeout { get; set; }

    public TimeSpan? GreetingTimeout { get; set; }

    public TimeSpan? CommandTimeout { get; set; }

    public TimeSpan? DataTimeout { get; set; }

    public TimeSpan? BlockTimeout { get; set; }

    public TimeSpan? CompletionTimeout { get; set; }

    public TimeSpan? DrainTimeout { get; set; }

    public void Apply(SmtpOptions options)
    {
        options.Host = Host ?? options.Host;
        options.Port = Port ?? options.Port;
        options.Security = Security ?? options.Security;
        options.UserName = UserName ?? options.UserName;
        options.Password = Password ?? options.Password;
        options.Authentication = Authentication ?? options.Authentication;
        options.AllowClearTextCredentials = AllowClearTextCredentials ?? options.AllowClearTextCredentials;
        options.HelloName = HelloName ?? options.HelloName;
        options.CheckCertificateRevocation = CheckCertificateRevocation ?? options.CheckCertificateRevocation;
        options.Pipelining = Pipelining ?? options.Pipelining;
        options.Chunking = Chunking ?? options.Chunking;
        options.MaxRecipientsPerTransaction = MaxRecipientsPerTransaction ?? options.MaxRecipientsPerTransaction;
        options.MaxConnections = MaxConnections ?? options.MaxConnections;
        options.MaxMailsPerConnection = MaxMailsPerConnection ?? options.MaxMailsPerConnection;
        options.MaxConnectionAge = MaxConnectionAge ?? options.MaxConnectionAge;
        options.IdleTimeout = IdleTimeout ?? options.IdleTimeout;
        options.ConnectTimeout = ConnectTimeout ?? options.ConnectTimeout;
        options.GreetingTimeout = GreetingTimeout ?? options.GreetingTimeout;
        options.CommandTimeout = CommandTimeout ?? options.CommandTimeout;
        options.DataTimeout = DataTimeout ?? options.DataTimeout;
        options.BlockTimeout = BlockTimeout ?? options.BlockTimeout;
        options.CompletionTimeout = CompletionTimeout ?? options.CompletionTimeout;
        options.DrainTimeout = DrainTimeout ?? options.DrainTimeout;
    }
}
