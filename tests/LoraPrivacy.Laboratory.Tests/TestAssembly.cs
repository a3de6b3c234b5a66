using LoraPrivacy.Production.Native;

namespace LoraPrivacy.Laboratory.Tests;

internal static class TestAssembly
{
#pragma warning disable CA2255 // A test assembly has no entry point of its own to load libtorch in.
    [ModuleInitializer]
    internal static void LoadLibtorch()
    {
        Libtorch.Load();

        // The models are small, and tests run side by side.
        TorchSharp.torch.set_num_threads(1);
    }
#pragma warning restore CA2255
}
