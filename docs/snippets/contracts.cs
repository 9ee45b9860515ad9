// Tests that derive from the contract suites; SmsFixture is the reader's own.
using Messaging.Testing.Contracts.Channels;

// snippet

internal abstract class SmsFixture : ChannelFixture
{
    public static Task<ChannelFixture> StartAsync(TimeProvider time) => Task.FromException<ChannelFixture>(new InvalidOperationException($"{time} drives nothing here."));
}
