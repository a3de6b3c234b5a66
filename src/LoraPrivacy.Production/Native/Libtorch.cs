using TorchSharp;

namespace LoraPrivacy.Production.Native;

/// <summary>
/// Loads libtorch and TorchSharp's shim. Call <see cref="Load"/> before the first use of TorchSharp; choosing a device with
/// <see cref="ComputeDevice.Choose"/> does.
/// </summary>
/// <remarks>
/// TorchSharp's own search copies half a gigabyte of natives into every output folder, and its shim asks for a newer libstdc++ than
/// Debian 12 has. This loader takes libtorch from the package folder and, only where the host's libstdc++ is too old, loads a copy of
/// the shim that does without the one newer version it names (<see cref="VersionRequirement"/>). No root, nothing installed.
/// </remarks>
public static class Libtorch
{
    /// <summary>The version of libtorch that the shim is built for. Any other one would load and then crash.</summary>
    public static Version RequiredVersion { get; } = new(2, 10, 0);

    private static readonly Lazy<string> Loaded = new(LoadOnce);

    /// <summary>Loads libtorch once; later calls return at once. Thread-safe.</summary>
    /// <returns>The folder that libtorch was loaded from.</returns>
    /// <exception cref="LibtorchException">libtorch is not found, has another version, or cannot be loaded here.</exception>
    public static string Load() => Loaded.Value;

    private static string LoadOnce()
    {
        if (LibtorchLocation.Find() is not { } folder)
        {
            // The CUDA packages bring their own loader and lie in the output folder: TorchSharp finds them by itself.
            return LoadAsTorchSharpDoes();
        }

        string[] libraries = OperatingSystem.IsWindows() ? ["c10.dll", "torch_cpu.dll", "torch.dll"]
            : OperatingSystem.IsMacOS() ? ["libc10.dylib", "libtorch_cpu.dylib", "libtorch.dylib"]
            : ["libc10.so", "libtorch_cpu.so", "libtorch.so"];
        foreach (string library in libraries)
        {
            nint handle = LoadFile(Path.Combine(folder, library));
            if (library.Contains("torch_cpu", StringComparison.Ordinal))
            {
                CheckVersion(handle, folder);
            }
        }

        // A build for a GPU has these beside the others.
        foreach (string library in new[] { "libc10_cuda.so", "libtorch_cuda.so" })
        {
            string path = Path.Combine(folder, library);
            if (File.Exists(path))
            {
                LoadFile(path);
            }
        }

        nint shim = LoadShim();
        NativeLibrary.SetDllImportResolver(typeof(torch).Assembly, (name, _, _) => name == "LibTorchSharp" ? shim : 0);
        return folder;
    }

    private static string LoadAsTorchSharpDoes()
    {
        // TorchSharp writes what it tries, a page of it, to the console.
        (TextWriter output, TextWriter error) = (Console.Out, Console.Error);
        try
        {
            Console.SetOut(TextWriter.Null);
            Console.SetError(TextWriter.Null);
            torch.InitializeDeviceType(DeviceType.CPU);
            return AppContext.BaseDirectory;
        }
        catch (Exception e) when (e is TypeInitializationException or NotSupportedException or DllNotFoundException)
        {
            throw new LibtorchException(
                $"libtorch {RequiredVersion} was not found: looked in {LibtorchLocation.Searched()}; "
                + $"'{LibtorchLocation.Fetching()}' fetches it, or set {LibtorchLocation.Variable} to a folder with its libraries", e);
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(error);
        }
    }

    private static nint LoadShim()
    {
        string path = LibtorchLocation.Shim() ?? throw new LibtorchException(
            $"TorchSharp's shim was not found beside the program in {AppContext.BaseDirectory}");
        try
        {
            return NativeLibrary.Load(path);
        }
        catch (DllNotFoundException e) when (VersionRequirement.IsMissing(e.Message))
        {
            return VersionRequirement.LoadWithout(path);
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            throw new LibtorchException($"{path} cannot be loaded: {OneLine(e.Message)}", e);
        }
    }

    private static nint LoadFile(string path)
    {
        try
        {
            return NativeLibrary.Load(path);
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            throw new LibtorchException($"{path} cannot be loaded: {OneLine(e.Message)}", e);
        }
    }

    // The libtorch that a user points to may be of any version, and a wrong one crashes in training beyond any catch. Since 2.9
    // libtorch exports its version: major, minor and patch in the three highest bytes.
    private static unsafe void CheckVersion(nint library, string folder)
    {
        if (!NativeLibrary.TryGetExport(library, "aoti_torch_abi_version", out nint export))
        {
            throw new LibtorchException($"the libtorch in {folder} is older than {RequiredVersion}, which TorchSharp needs");
        }

        ulong packed = ((delegate* unmanaged<ulong>)export)();
        var version = new Version((int)(packed >> 56), (int)((packed >> 48) & 0xff), (int)((packed >> 40) & 0xff));
        if (version.Major != RequiredVersion.Major || version.Minor != RequiredVersion.Minor)
        {
            throw new LibtorchException($"the libtorch in {folder} is {version}; TorchSharp needs {RequiredVersion}");
        }
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ").Trim();
}
