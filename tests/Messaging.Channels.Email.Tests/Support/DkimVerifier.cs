using System.Text.Json;
using System.Text.Json.Nodes;

namespace Messaging.Channels.Email;

/// <summary>npm mailauth.</summary>
public sealed class DkimVerifier : IDisposable
{
    private readonly LineOracle _oracle = new("node", "verify-dkim.mjs");

    public void Dispose() => _oracle.Dispose();

    /// <summary>Verifies a mail with the only signature it should have.</summary>
    public async Task<JsonElement> VerifyAsync(byte[] mail)
    {
        var question = new JsonObject
        {
            ["mail"] = Convert.ToBase64String(mail),
            ["dns"] = new JsonObject { ["test._domainkey.example.com"] = DkimKeys.Record },
        };
        return Assert.Single((await _oracle.AskAsync(question.ToJsonString())).EnumerateArray());
    }
}
