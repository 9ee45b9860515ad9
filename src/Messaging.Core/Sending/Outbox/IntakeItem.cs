using Messaging.Storage;

namespace Messaging.Sending;

/// <summary>One staged message while it is taken in.</summary>
internal sealed class IntakeItem(StagedMessage message, PayloadBuffer buffer)
{
    public StagedMessage Message => message;

    /// <summary>Gets where its payloads are written; they stay there until it is committed.</summary>
    public PayloadBuffer Buffer => buffer;

    /// <summary>Gets or sets the request, when it could be read.</summary>
    public SendRequest? Request { get; set; }

    /// <summary>Gets or sets what it became, when it can be accepted.</summary>
    public Submission? Submission { get; set; }

    /// <summary>Gets or sets what was taken in of its attachments.</summary>
    public AttachmentSet Attachments { get; set; } = AttachmentSet.Empty;

    /// <summary>Gets or sets what is to be stored; <see langword="null"/> when it could not be tried.</summary>
    public Change? Change { get; set; }

    /// <summary>Gets or sets what the store said; <see langword="null"/> when it was not asked, or could not answer.</summary>
    public ChangeResult? Result { get; set; }
}
