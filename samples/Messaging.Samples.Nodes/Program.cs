// One of several processes that share a PostgreSQL. Start it twice, and both accept and both send; samples/two-nodes.sh does that, and kills one.
//
//   dotnet run --project samples/Messaging.Samples.Nodes -- --postgres "Host=localhost;Database=shop;Username=shop" --name one --accept 300
//   dotnet run --project samples/Messaging.Samples.Nodes -- --postgres "Host=localhost;Database=shop;Username=shop" --name two --accept 300
//   dotnet run --project samples/Messaging.Samples.Nodes -- --postgres "Host=localhost;Database=shop;Username=shop" --report

using Messaging.Samples.Nodes;
using Microsoft.Extensions.Hosting;

var options = NodeOptions.Parse(args);
if (options is null)
{
    return 2;
}

using var host = NodeHost.Build(options);
await host.StartAsync();
if (options.Report)
{
    await Report.RunAsync(host.Services);
    await host.StopAsync();
    return 0;
}

await Bookings.AcceptAsync(host.Services, options);
await host.WaitForShutdownAsync(); // Ctrl+C or SIGTERM: it ends the calls that are under way, and hands the rest back
return 0;
