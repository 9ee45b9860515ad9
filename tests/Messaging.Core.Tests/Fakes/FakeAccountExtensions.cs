using Messaging.Channels;
using Microsoft.Extensions.DependencyInjection;

namespace Messaging.Core.Fakes;

internal static class FakeAccountExtensions
{
    /// <summary>Registers an account of the host over a fake channel.</summary>
    public static MessagingBuilder AddFake(this MessagingBuilder builder, string name, string kind = ChannelKinds.Email, Func<ChannelAccount, ChannelAccount>? edit = null, FakeReload? reload = null)
    {
        builder.Services.AddSingleton(new AccountRegistration(name, kind)
        {
            Describe = _ =>
            {
                var account = new ChannelAccount { Name = name, Kind = kind, Scheme = "test", Version = (reload?.Version ?? 0).ToString() };
                return edit?.Invoke(account) ?? account;
            },
            OnChange = (_, changed) =>
            {
                if (reload is not null)
                {
                    reload.Changed += changed;
                }

                return null;
            },
        });
        return builder;
    }

    public static MessagingBuilder AddFactory(this MessagingBuilder builder, FakeChannelFactory factory)
    {
        builder.Services.AddSingleton<IChannelFactory>(factory);
        return builder;
    }
}

/// <summary>Changes the options of an account.</summary>
internal sealed class FakeReload
{
    public event Action? Changed;

    public int Version { get; private set; }

    public void Reload()
    {
        Version++;
        Changed?.Invoke();
    }
}
