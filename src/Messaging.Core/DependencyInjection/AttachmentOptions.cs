namespace Messaging;

/// <summary>What attachments may be.</summary>
public sealed class AttachmentOptions
{
    /// <summary>Gets or sets the most attachments of one message.</summary>
    /// <value>Between 0 and 1,000; the default is 50.</value>
    public int MaxCount { get; set; } = 50;

    /// <summary>Gets or sets the size, in bytes, up to which an attachment travels with its message. A larger one goes to the attachment store, or with the message when there is none.</summary>
    /// <value>Between 0 and 64 MiB; the default is 256 KiB.</value>
    public int MaxInlineBytes { get; set; } = 256 * 1024;

    /// <summary>Gets or sets the size of the largest attachment, in bytes.</summary>
    /// <value>Between 0 and 1 GiB; the default is 10 MiB.</value>
    public long MaxBytes { get; set; } = 10 * 1024 * 1024;

    /// <summary>Gets or sets the size of all attachments of one message together, in bytes; deferred ones do not count.</summary>
    /// <value>Between 0 and 1 GiB; the default is 20 MiB.</value>
    public long MaxTotalBytes { get; set; } = 20 * 1024 * 1024;

    /// <summary>Gets or sets how long the attachment store keeps the files of a message at least, from its acceptance on, so that a delivery which is done can be retried.</summary>
    /// <value>
    /// Between zero and 366 d; the default is 7 d. They stay longer while a delivery is open or in the dead letters, or a route goes on, and go
    /// earlier when the store's history lets go of the message. Those of a sensitive message go within about an hour of its last delivery.
    /// </value>
    public TimeSpan KeepFor { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Gets the media types that are taken: <c>application/pdf</c>, or <c>image/*</c> for a family.</summary>
    /// <value>Empty, the default, means all.</value>
    public IList<string> AllowedTypes { get; } = [];

    /// <summary>Gets the file name extensions, with the dot, that are refused.</summary>
    /// <value>The default holds those of programs and scripts, which mail providers refuse too.</value>
    public IList<string> BlockedExtensions { get; } =
    [
        ".ade", ".adp", ".bat", ".chm", ".cmd", ".com", ".cpl", ".exe", ".hta", ".ins", ".isp", ".jar", ".js", ".jse", ".lib", ".lnk", ".mde",
        ".msc", ".msi", ".msp", ".mst", ".nsh", ".pif", ".ps1", ".scr", ".sct", ".shb", ".sys", ".vb", ".vbe", ".vbs", ".vxd", ".wsc", ".wsf", ".wsh",
    ];
}
