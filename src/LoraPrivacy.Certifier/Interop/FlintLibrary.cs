namespace LoraPrivacy.Certifier.Interop;

/// <summary>
/// Where FLINT is: the version that Debian 13 has, under its full name. Another version may enclose the same numbers with other last digits, or lay
/// its structures out differently, so no other is tried.
/// </summary>
internal static class FlintLibrary
{
    /// <summary>The shared library that the functions are imported from.</summary>
    public const string Name = "libflint.so.19";

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
