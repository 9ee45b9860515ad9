using BenchmarkDotNet.Running;
using Messaging.Benchmarks.Scenarios;

if (args is ["scenario", ..])
{
    return await ScenarioRunner.RunAsync(args[1..]);
}

BenchmarkSwitcher.FromAssembly(typeof(ScenarioRunner).Assembly).Run(args);
return 0;
