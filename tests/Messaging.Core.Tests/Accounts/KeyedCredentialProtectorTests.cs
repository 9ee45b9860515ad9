using System.Security.Cryptography;
using Messaging.Channels;
using Messaging.Core.Fakes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Messaging.Core.Accounts;

public sealed class KeyedCredentialProtectorTests
{
    [Fact]
    public async Task Unprotect_AfterTheKeyWasChanged_StillReadsWhatTheOldOneProtected()
    {
        await using var before = Host(o => o.Keys["2025"] = Key(1));
        var text = before.Get<ICredentialProtector>().Protect("smtp://Łódź:secret@host");
        await using var after = Host(o => (o.Keys["2025"], o.Keys["2026"], o.CurrentKey) = (Key(1), Key(2), "2026"));

        Assert.Equal("smtp://Łódź:secret@host", after.Get<ICredentialProtector>().Unprotect(text));
        Assert.StartsWith("v1.2026.", after.Get<ICredentialProtector>().Protect("x"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Protect_Twice_GivesDifferentText()
    {
        await using var host = Host(o => o.Keys["k"] = Key(1));
        var protector = host.Get<ICredentialProtector>();

        Assert.NotEqual(protector.Protect("x"), protector.Protect("x"));
    }

    [Theory]
    [InlineData("v1.k")]
    [InlineData("v1.k.AAAA")]
    [InlineData("v2.k.AAAA")]
    [InlineData("v1.other.AAAA")]
    [InlineData("smtp://plain")]
    public async Task Unprotect_NotItsOwn_ThrowsWithoutRepeatingIt(string text)
    {
        await using var host = Host(o => o.Keys["k"] = Key(1));

        Assert.ThrowsAny<CryptographicException>(() => host.Get<ICredentialProtector>().Unprotect(text));
    }

    [Fact]
    public async Task Unprotect_EveryBitFlipped_IsRefused()
    {
        await using var host = Host(o => o.Keys["k"] = Key(1));
        var protector = host.Get<ICredentialProtector>();
        var text = protector.Protect("secret");
        var start = "v1.k.".Length;
        var bytes = System.Buffers.Text.Base64Url.DecodeFromChars(text.AsSpan(start));

        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            var changed = (byte[])bytes.Clone();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.ThrowsAny<CryptographicException>(() => protector.Unprotect("v1.k." + System.Buffers.Text.Base64Url.EncodeToString(changed)));
        }
    }

    [Theory]
    [InlineData("k", "short", null, "32 random bytes")]
    [InlineData("k.1", null, null, "letters, digits")]
    [InlineData("k", null, "other", "not among the keys")]
    public async Task Options_Wrong_AreRefusedByName(string name, string? key, string? current, string problem)
    {
        await using var host = Host(o => (o.Keys[name], o.CurrentKey) = (key ?? Key(1), current));

        var e = Assert.Throws<OptionsValidationException>(() => host.Get<ICredentialProtector>().Protect("x"));

        Assert.Contains(problem, e.Message, StringComparison.Ordinal);
    }

    private static string Key(byte seed) => Convert.ToBase64String(Enumerable.Repeat(seed, 32).ToArray());

    private static CoreHost Host(Action<CredentialProtectionOptions> configure) => new(m => m.ProtectCredentials(configure));
}
