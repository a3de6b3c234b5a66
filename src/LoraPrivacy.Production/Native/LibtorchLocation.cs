namespace LoraPrivacy.Production.Native;

/// <summary>Where the natives lie: a folder the user names, the program's own folder, or the package folder of the build.</summary>
internal static class LibtorchLocation
{
    /// <summary>The environment variable that names a folder with libtorch's libraries.</summary>
    internal const string Variable = "LORAPRIVACY_LIBTORCH";

    private const string LocationFile = "libtorch.location";

    /// <summary>The folder of libtorch, or null.</summary>
    /// <exception cref="LibtorchException">The variable names a folder without libtorch.</exception>
    internal static string? Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
        {
            return HasLibtorch(named)
                ? Path.GetFullPath(named)
                : throw new LibtorchException($"{Variable}={named}: there is no {CpuLibrary} in this folder");
        }

        return Candidates().FirstOrDefault(HasLibtorch);
    }

    /// <summary>The folders looked in, for an error message.</summary>
    internal static string Searched() => string.Join(", ", Candidates());

    /// <summary>The path of TorchSharp's shim, or null.</summary>
    internal static string? Shim()
    {
        string name = OperatingSystem.IsWindows() ? "LibTorchSharp.dll"
            : OperatingSystem.IsMacOS() ? "libLibTorchSharp.dylib" : "libLibTorchSharp.so";
        return NativeFolders().Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
    }

    /// <summary>The command that fetches libtorch to where it is found, for an error message.</summary>
    internal static string Fetching()
        => $"dotnet package download {Package}@{Libtorch.RequiredVersion} --output {Packages}";

    private static string Package => $"libtorch-cpu-{PlatformIdentifier}";

    private static string Packages => Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } own
        ? own
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private static string CpuLibrary => OperatingSystem.IsWindows() ? "torch_cpu.dll"
        : OperatingSystem.IsMacOS() ? "libtorch_cpu.dylib" : "libtorch_cpu.so";

    private static string Platform => OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux";

    private static string PlatformIdentifier => $"{Platform}-{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}";

    private static bool HasLibtorch(string folder) => File.Exists(Path.Combine(folder, CpuLibrary));

    private static IEnumerable<string> Candidates()
    {
        foreach (string folder in NativeFolders())
        {
            yield return folder;
        }

        string location = Path.Combine(AppContext.BaseDirectory, LocationFile);
        if (File.Exists(location))
        {
            yield return File.ReadAllText(location).Trim();
        }

        // A published program has left its build's machine behind; the package may still be there.
        yield return Path.Combine(Packages, Package, Libtorch.RequiredVersion.ToString(), "runtimes", PlatformIdentifier, "native");
    }

    private static IEnumerable<string> NativeFolders()
    {
        yield return AppContext.BaseDirectory;
        yield return Path.Combine(AppContext.BaseDirectory, "runtimes", PlatformIdentifier, "native");
    }
}
