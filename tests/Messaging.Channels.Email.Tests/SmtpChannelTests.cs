using Messaging.Testing.Contracts.Channels;
using Messaging.TestServers;

namespace Messaging.Channels.Email;

/// <summary>The e-mail channel keeps the promises of channels over SMTP.</summary>
public sealed class SmtpChannelTests : ChannelContract
{
    protected override Task<ChannelFixture> CreateAsync(TimeProvider time) => Task.FromResult<ChannelFixture>(new SmtpFixture(time));

    private sealed class SmtpFixture : ChannelFixture
    {
        private readonly SimpleSmtpServer _server = new("PIPELINING", "8BITMIME", "ENHANCEDSTATUSCODES", "SMTPUTF8");
        private readonly TaskCompletionSource _end = new();
        private ProviderBehavior _behavior;

        public SmtpFixture(TimeProvider time)
        {
            _server.Answer = (_, command) => Answer(command);
            _server.BeforeReply = (_, _) => _behavior == ProviderBehavior.Hangs ? _end.Task : Task.CompletedTask;
            Channel = Channels.Create(
                options =>
                {
                    options.ConnectionString = $"smtp://127.0.0.1:{_server.Port}?from=Salon <salon@example.com>&maxMessageBytes=1048576";
                    options.Smtp.DrainTimeout = TimeSpan.Zero;
                },
                time);
        }

        public override IChannel Channel { get; }

        public override bool HasStableIds => true;

        public override string ImpossibleAddress => "anna@exam_ple.com";

        public override bool TrySet(ProviderBehavior behavior)
        {
            _behavior = behavior;
            return true;
        }

        public override ValueTask<int> CountAsync() => new(_server.Mails.Count);

        public override async ValueTask DisposeAsync()
        {
            _end.TrySetResult();
            await base.DisposeAsync();
            await _server.DisposeAsync();
        }

        private string? Answer(string command) => (_behavior, command.Split(':')[0]) switch
        {
            (ProviderBehavior.Refuses, "RCPT TO") => $"550 5.1.1 {command["RCPT TO:".Length..]} does not live here",
            (ProviderBehavior.Throttles, "RCPT TO") => "450 4.7.1 Greylisted, come back later",
            (ProviderBehavior.IsUnreachable, "CONNECT") => "",
            (ProviderBehavior.BreaksAfterTaking, ".") => "",
            _ => null,
        };
    }
}
