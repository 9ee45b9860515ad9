// A beauty salon's mails, through the whole of the suite. Nothing to install and no account anywhere:
// without arguments every mail becomes a file that a mail program can open. Run it twice: the second run shows the history of the first.
//
//   dotnet run --project samples/Messaging.Samples.Console
//   dotnet run --project samples/Messaging.Samples.Console -- --smtp smtp+starttls://user:secret@mail.example.com:587

using Messaging.Samples;
using Messaging.Samples.Steps;
using Microsoft.Extensions.Hosting;

var options = SampleOptions.Parse(args);
if (options is null)
{
    return 2;
}

using var host = SalonHost.Build(options);
await host.StartAsync();
var salon = new SampleContext(host.Services, options);

await RememberLastTime.RunAsync(salon);
await SendConfirmations.RunAsync(salon);
await SendNewsletter.RunAsync(salon);
await ThrottleAnAccount.RunAsync(salon);
await SurviveAFailingProvider.RunAsync(salon);
await RespectAnOptOut.RunAsync(salon);
await KeepQuietHours.RunAsync(salon);
await ExplainOneDelivery.RunAsync(salon);
await ShowStatistics.RunAsync(salon);

await host.StopAsync();
return 0;
