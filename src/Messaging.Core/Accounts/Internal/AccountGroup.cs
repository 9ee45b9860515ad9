namespace Messaging.Channels;

/// <summary>Several accounts of one kind under one name.</summary>
internal sealed record AccountGroup(string Name, AccountSelection Selection, IReadOnlyList<AccountGroupMember> Members);
