using System.Collections.Concurrent;

namespace LoraPrivacy.Certifier.Interop;

/// <summary>
/// Where FLINT is: the version that Debian 13 has, under its full name. Another version may enclose the same numbers with other last digits, or lay
/// its structures out differently, so no other is tried.
/// </summary>
internal static class FlintLibrary
{
    /// <summary>The shared library that the functions are imported from.</summary>
    public const string Name = "libflint.so.19";

    private static readonly Lazy<nint> Loaded = new(() => NativeLibrary.Load(Name));

    private static readonly ConcurrentDictionary<string, Delegate> Functions = [];

    /// <summary>A function by its name: one of many that take the same and differ in what they compute.</summary>
    public static T Function<T>(string name)
        where T : Delegate
        => (T)Functions.GetOrAdd(name, key => Marshal.GetDelegateForFunctionPointer<T>(NativeLibrary.GetExport(Loaded.Value, key)));

    /// <summary>Says why the certifier cannot run here; null where it can.</summary>
    public static string? Missing()
    {
        if (nint.Size != 8 || !BitConverter.IsLittleEndian)
        {
            return "the certifier needs a 64-bit little-endian platform, for which the layout of FLINT's balls is known";
        }

        if (!NativeLibrary.TryLoad(Name, out nint library))
        {
            return $"the certifier needs {Name}, FLINT 3.1: apt-get install libflint19 on Debian 13";
        }

        NativeLibrary.Free(library);
        return null;
    }
}
