using System.IO.Pipelines;

namespace Messaging.Channels.Email;

/// <summary>Writes the envelope as fields before the header, as pickup services have it: who collects the file takes them off.</summary>
internal static class PickupEnvelope
{
    public static void Write(PipeWriter output, MailEnvelope envelope)
    {
        var writer = new OctetWriter(output);
        writer.Write("X-Sender: "u8);
        WriteAddress(ref writer, envelope.From);
        for (var i = 0; i < envelope.Recipients.Count; i++)
        {
            writer.Write("X-Receiver: "u8);
            WriteAddress(ref writer, envelope.Recipients[i].Address);
        }

        writer.Complete();
    }

    private static void WriteAddress(ref OctetWriter writer, string address)
    {
        if (HeaderText.HasBreak(address))
        {
            throw new ArgumentException("An address of the envelope holds a line break.");
        }

        writer.WriteText(address.Length == 0 ? "<>" : address);
        writer.WriteLineEnd();
    }
}
