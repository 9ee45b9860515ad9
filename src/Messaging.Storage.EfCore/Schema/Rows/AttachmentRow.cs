namespace Messaging.Storage.EfCore.Schema;

/// <summary>A part of an attachment.</summary>
internal sealed class AttachmentRow
{
    public string Tenant { get; set; } = null!;

    public Guid Id { get; set; }

    public int Part { get; set; }

    public byte[] Bytes { get; set; } = null!;
}
