using Messaging.Crash.Child;

return await Sender.RunAsync(SenderOptions.Parse(args));
