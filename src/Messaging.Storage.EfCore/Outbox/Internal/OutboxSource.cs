using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Messaging.Storage.EfCore.Outbox;

/// <summary>Drains the intake table of one host's context.</summary>
internal sealed class OutboxSource(OutboxRegistration outbox, IServiceScopeFactory scopes, TimeProvider time) : IIntakeSource
{
    private readonly SkipLockedReader _skipLocked = new();
    private readonly ClaimingReader _claiming = new(time);

    public string Name => outbox.Context.Name;

    public async ValueTask<int> DrainAsync(
        IntakeClaim claim,
        Func<IReadOnlyList<StagedMessage>, CancellationToken, ValueTask<IReadOnlyList<MessageId>>> takeIn,
        CancellationToken cancellationToken)
    {
        var scope = scopes.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
        {
            var context = outbox.Create(scope.ServiceProvider);
            IntakeTable.Find(context);
            IIntakeReader reader = context.Database.ProviderName == SkipLockedReader.Provider ? _skipLocked : _claiming;

            // The whole batch is what a strategy that tries again repeats: a message that was taken in before is told by its id.
            return await context.Database.CreateExecutionStrategy().ExecuteAsync(
                (context, claim, takeIn, reader),
                static (state, token) => state.reader.DrainAsync(state.context, state.claim, state.takeIn, token).AsTask(),
                cancellationToken).ConfigureAwait(false);
        }
    }

    public Task WaitAsync(CancellationToken cancellationToken) => outbox.WaitAsync(cancellationToken);
}
