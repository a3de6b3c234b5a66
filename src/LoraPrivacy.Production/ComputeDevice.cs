using TorchSharp;

namespace LoraPrivacy.Production;

/// <summary>The device that tensors live on, chosen at run time.</summary>
public static class ComputeDevice
{
    /// <summary>Loads libtorch and chooses a device.</summary>
    /// <param name="name"><c>auto</c> (CUDA where there is one, else the CPU), <c>cpu</c>, <c>cuda</c> or <c>cuda:N</c>.</param>
    /// <returns>The device.</returns>
    /// <exception cref="ArgumentException">The name is none of these, or no such device is here.</exception>
    /// <exception cref="LibtorchException">libtorch cannot be loaded.</exception>
    public static torch.Device Choose(string name = "auto")
    {
        ArgumentNullException.ThrowIfNull(name);
        Libtorch.Load();
        if (name == "cpu")
        {
            return torch.CPU;
        }

        int count = torch.cuda.is_available() ? torch.cuda.device_count() : 0;
        if (name == "auto")
        {
            return count > 0 ? torch.device("cuda:0") : torch.CPU;
        }

        int index = 0;
        if (name != "cuda"
            && !(name.StartsWith("cuda:", StringComparison.Ordinal) && int.TryParse(name.AsSpan(5), out index) && index >= 0))
        {
            throw new ArgumentException($"device must be auto, cpu, cuda or cuda:N, but is {name}", nameof(name));
        }

        return index < count
            ? torch.device($"cuda:{index}")
            : throw new ArgumentException($"device is {name}, but this build finds {count} CUDA devices here", nameof(name));
    }

    /// <summary>The device in words, with what a reader needs to compare timings: <c>cpu (2 threads)</c>, <c>cuda:0</c>.</summary>
    /// <param name="device">A device.</param>
    public static string Describe(torch.Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        return device.type == DeviceType.CPU ? $"cpu ({torch.get_num_threads()} threads)" : device.ToString();
    }
}
