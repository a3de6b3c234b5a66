// libtorch has threads of its own, and the tests that count live tensors must not see those of others.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace LoraPrivacy.Production.Tests;

internal static class TestAssembly
{
#pragma warning disable CA2255 // A test assembly has no entry point of its own to load libtorch in.
    [ModuleInitializer]
    internal static void LoadLibtorch()
    {
        Libtorch.Load();

        // The problems are too small for two threads, which wait for each other where the machine is busy.
        TorchSharp.torch.set_num_threads(1);
    }
#pragma warning restore CA2255
}
