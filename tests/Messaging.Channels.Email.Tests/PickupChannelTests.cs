using Messaging.Testing;
using Messaging.Testing.Contracts.Channels;
using Messaging.TestServers;

namespace Messaging.Channels.Email;

/// <summary>The e-mail channel keeps the promises of channels over a pickup directory.</summary>
public sealed class PickupChannelTests : ChannelContract
{
    protected override Task<ChannelFixture> CreateAsync(TimeProvider time) => Task.FromResult<ChannelFixture>(new PickupFixture(time));

    private sealed class PickupFixture(TimeProvider time) : ChannelFixture
    {
        private readonly TestFolder _folder = new("pickup");
        private IChannel? _channel;

        public override IChannel Channel => _channel ??= Channels.Create(
            options => (options.PickupDirectory, options.From, options.MaxMessageBytes) = (Mails, "Salon <salon@example.com>", 1024 * 1024), time);

        public override bool HasStableIds => true;

        public override string ImpossibleAddress => "anna nowak@example.com";

        private string Mails => Path.Combine(_folder.Path, "mails", "outgoing");

        public override bool TrySet(ProviderBehavior behavior)
        {
            var parent = Path.GetDirectoryName(Mails)!;
            switch (behavior)
            {
                case ProviderBehavior.Accepts:
                    File.Delete(parent);
                    return true;
                case ProviderBehavior.IsUnreachable:
                    File.WriteAllText(parent, "A file where the directory should be.");
                    return true;
                default:
                    return false;
            }
        }

        public override ValueTask<int> CountAsync() => new(Directory.Exists(Mails) ? Directory.GetFiles(Mails).Length : 0);

        public override async ValueTask DisposeAsync()
        {
            await base.DisposeAsync();
            _folder.Dispose();
        }
    }
}
