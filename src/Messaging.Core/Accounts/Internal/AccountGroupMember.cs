namespace Messaging.Channels;

/// <summary>One account of a group.</summary>
/// <param name="Account">Its name.</param>
/// <param name="Weight">Its share in a weighted group; <see langword="null"/> means the account's own.</param>
internal sealed record AccountGroupMember(string Account, int? Weight);
