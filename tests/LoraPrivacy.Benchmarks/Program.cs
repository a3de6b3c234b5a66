using BenchmarkDotNet.Running;
using LoraPrivacy.Benchmarks.Peers;

// `peers` trains beside Python (see Peers/PeerComparison.cs); anything else is for BenchmarkDotNet.
return args switch
{
    ["peers", .. string[] options] => PeerComparison.Run(options),
    [TrainingRun.Verb, .. string[] options] => TrainingRun.Run(options),
    _ => RunBenchmarks(args),
};

static int RunBenchmarks(string[] args)
{
    BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
    return 0;
}
