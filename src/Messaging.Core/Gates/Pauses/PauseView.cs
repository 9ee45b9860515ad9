using Messaging.Storage;

namespace Messaging.Gates;

/// <summary>What is paused for one tenant: by itself, or by the owner of all tenants.</summary>
internal sealed record PauseView(PauseList? Shared, PauseList? Own)
{
    public bool HasAccounts => Any(Shared) || Any(Own);

    public PauseHold? All => Find(account: null, template: null);

    public PauseHold? OfAccount(string account) => Find(account, template: null);

    public PauseHold? OfTemplate(string? template) => template is null ? null : Find(account: null, template);

    /// <summary>Returns whether something that is still paused holds what is parked under a key.</summary>
    public bool Holds(string parkKey) => Holds(Shared, parkKey) || Holds(Own, parkKey);

    private static bool Holds(PauseList? list, string parkKey) =>
        list is not null && list.Items.Any(item => ParkKeys.Pause(item.In(list.Tenant)) == parkKey);

    private static bool Any(PauseList? list) => list is not null && list.Items.Any(item => item.Account is not null);

    private PauseHold? Find(string? account, string? template) => Find(Shared, account, template) ?? Find(Own, account, template);

    private static PauseHold? Find(PauseList? list, string? account, string? template) =>
        list?.Find(account, template) is { } item ? new PauseHold(item.Why, ParkKeys.Pause(item.In(list.Tenant))) : null;
}
