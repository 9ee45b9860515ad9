namespace Messaging.Sending;

/// <summary>Extras that were staged: the properties that the typed ones wrote.</summary>
internal sealed class StagedExtras(string kind, IReadOnlyDictionary<string, string> written) : IChannelExtras
{
    public string Kind => kind;

    public void WriteTo(IDictionary<string, string> properties)
    {
        foreach (var (name, value) in written)
        {
            properties[name] = value;
        }
    }
}
