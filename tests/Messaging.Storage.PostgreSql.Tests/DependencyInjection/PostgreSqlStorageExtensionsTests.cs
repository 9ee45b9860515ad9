using Messaging.Storage.PostgreSql.Server;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Messaging.Storage.PostgreSql.DependencyInjection;

public sealed class PostgreSqlStorageExtensionsTests
{
    private const string Connection = "Host=localhost;Database=app;Username=app";

    [Fact]
    public async Task UsePostgreSql_EachShape_RegistersOneStoreForEveryContract()
    {
        var section = new ConfigurationBuilder().AddInMemoryCollection([new("ConnectionString", Connection), new("MaxConnections", "8")]).Build();
        foreach (var use in new Action<MessagingBuilder>[]
        {
            builder => builder.UsePostgreSql(Connection),
            builder => builder.UsePostgreSql(options => options.ConnectionString = Connection),
            builder => builder.UsePostgreSql(section),
        })
        {
            var services = new ServiceCollection().AddLogging();
            use(new MessagingBuilder(services));
            await using var provider = services.BuildServiceProvider();

            var store = provider.GetRequiredService<PostgreSqlStore>();
            Assert.Same(store, provider.GetRequiredService<IMessageStore>());
            Assert.Same(store, provider.GetRequiredService<IWorkQueue>());
            Assert.Same(store, provider.GetRequiredService<IMessageReader>());
            Assert.Same(store, provider.GetRequiredService<IEntityStore>());
            Assert.IsType<PostgreSqlRateLimitStore>(provider.GetRequiredService<IRateLimitStore>());
            Assert.IsType<PostgreSqlAttachmentStore>(provider.GetRequiredService<IAttachmentStore>());
            Assert.Equal(Connection, provider.GetRequiredService<IOptions<PostgreSqlOptions>>().Value.ConnectionString);
        }
    }

    [Theory]
    [InlineData("", 16, "ConnectionString is empty")]
    [InlineData("Nonsense=1;Password=secret", 16, "cannot be read")]
    [InlineData("Database=app", 16, "names no Host")]
    [InlineData(Connection, 2, "MaxConnections")]
    public void UsePostgreSql_WrongOptions_SaysWhichAndHow(string connection, int connections, string says)
    {
        var services = new ServiceCollection().AddLogging();
        new MessagingBuilder(services).UsePostgreSql(options => (options.ConnectionString, options.MaxConnections) = (connection, connections));
        using var provider = services.BuildServiceProvider();

        var e = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IOptions<PostgreSqlOptions>>().Value);

        Assert.Contains(says, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UsePostgreSql_HostsOwnSource_IsUsedAndLeftOpen()
    {
        await using var source = Npgsql.NpgsqlDataSource.Create(await TestCluster.DatabaseAsync());
        await using (var store = new PostgreSqlStore(new PostgreSqlOptions { DataSource = source }, TimeProvider.System))
        {
            await Work.AcceptAsync(store, 1);
        }

        await using var again = new PostgreSqlStore(new PostgreSqlOptions { DataSource = source }, TimeProvider.System);
        Assert.Equal(1, (await again.MeasureAsync(default)).Ready);
    }
}
