namespace LoraPrivacy.Production.Native;

/// <summary>
/// Loads TorchSharp's shim on a host whose libstdc++ lacks the version GLIBCXX_3.4.32 (GCC 13), such as Debian 12 (GCC 12).
/// </summary>
/// <remarks>
/// The one symbol of that version in the shim, std::ios_base_library_init(), only marks a dependency on the stream
/// initialisation that moved into the library with GCC 13; nothing refers to it. So a copy of the shim is made in which the
/// requirement is weak (the flag VER_FLG_WEAK of its entry in .gnu.version_r, two bytes), and the copy is loaded. If the shim ever
/// needs another symbol of that version, this refuses.
/// </remarks>
internal static class VersionRequirement
{
    private const string VersionName = "GLIBCXX_3.4.32";
    private const string HarmlessSymbol = "_ZSt21ios_base_library_initv";
    private const int VersionRequirementSection = 0x6ffffffe;
    private const int VersionSymbolSection = 0x6fffffff;
    private const int DynamicSymbolSection = 11;
    private const ushort Weak = 2;

    /// <summary>Whether a loader's message says that this version is missing.</summary>
    internal static bool IsMissing(string message) => message.Contains(VersionName, StringComparison.Ordinal);

    /// <summary>Loads a copy of a library that does without the version.</summary>
    /// <exception cref="LibtorchException">The library needs the version after all, or no copy could be loaded.</exception>
    internal static nint LoadWithout(string path)
    {
        byte[] image = File.ReadAllBytes(path);
        MakeWeak(image);

        // The first folder may be mounted without the right to execute. A loaded library outlives its file.
        string problem = "";
        foreach (string parent in new[] { Path.GetTempPath(), AppContext.BaseDirectory })
        {
            string copy = Path.Combine(parent, $"lora-privacy-{Guid.NewGuid():N}.so");
            try
            {
                using (var file = new FileStream(copy, FileMode.CreateNew, FileAccess.Write))
                {
                    file.Write(image);
                }

                return NativeLibrary.Load(copy);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or DllNotFoundException)
            {
                problem = e.Message.ReplaceLineEndings(" ").Trim();
            }
            finally
            {
                File.Delete(copy);
            }
        }

        throw new LibtorchException(
            $"{path} asks for {VersionName}, which this host's libstdc++ lacks, and a copy without it cannot be loaded: {problem}");
    }

    /// <summary>Sets the weak flag on the requirement of the version in an ELF image of 64 bits.</summary>
    /// <exception cref="LibtorchException">It is no such image, does not name the version, or has other symbols of it.</exception>
    internal static void MakeWeak(Span<byte> image)
    {
        if (image.Length < 64 || BinaryPrimitives.ReadUInt32BigEndian(image) != 0x7f454c46 || image[4] != 2 || image[5] != 1)
        {
            throw new LibtorchException("TorchSharp's shim is no little-endian ELF image of 64 bits");
        }

        try
        {
            int entry = FindRequirement(image, out ushort index);
            RefuseOtherSymbols(image, index);
            BinaryPrimitives.WriteUInt16LittleEndian(image[(entry + 4)..], (ushort)(UInt16(image, entry + 4) | Weak));
        }
        catch (Exception e) when (e is ArgumentOutOfRangeException or IndexOutOfRangeException or OverflowException)
        {
            throw new LibtorchException("TorchSharp's shim is a damaged ELF image", e);
        }
    }

    // .gnu.version_r: a chain of Verneed, each with a chain of Vernaux {hash, flags, other, name, next}.
    private static int FindRequirement(ReadOnlySpan<byte> image, out ushort index)
    {
        (int offset, int link, _) = Section(image, VersionRequirementSection);
        int strings = SectionAt(image, link).Offset;
        for (int need = offset; ;)
        {
            int entry = need + Int32(image, need + 8);
            for (int i = 0; i < UInt16(image, need + 2); i++)
            {
                if (Text(image, strings + Int32(image, entry + 8)) == VersionName)
                {
                    index = UInt16(image, entry + 6);
                    return entry;
                }

                entry += Int32(image, entry + 12);
            }

            int next = Int32(image, need + 12);
            if (next <= 0)
            {
                throw new LibtorchException($"TorchSharp's shim does not ask for {VersionName}");
            }

            need += next;
        }
    }

    private static void RefuseOtherSymbols(ReadOnlySpan<byte> image, ushort index)
    {
        (int versions, _, int size) = Section(image, VersionSymbolSection);
        (int symbols, int link, _) = Section(image, DynamicSymbolSection);
        int strings = SectionAt(image, link).Offset;
        for (int i = 0; i < size / 2; i++)
        {
            if ((UInt16(image, versions + (2 * i)) & 0x7fff) == index
                && Text(image, strings + Int32(image, symbols + (24 * i))) is var name and not HarmlessSymbol)
            {
                throw new LibtorchException($"TorchSharp's shim needs {name} of {VersionName}, which this host's libstdc++ lacks");
            }
        }
    }

    private static (int Offset, int Link, int Size) Section(ReadOnlySpan<byte> image, int type)
    {
        int count = UInt16(image, 0x3c);
        for (int i = 0; i < count; i++)
        {
            if (Int32(image, checked((int)Int64(image, 0x28)) + (64 * i) + 4) == type)
            {
                return SectionAt(image, i);
            }
        }

        throw new LibtorchException("TorchSharp's shim has no symbol versions");
    }

    private static (int Offset, int Link, int Size) SectionAt(ReadOnlySpan<byte> image, int number)
    {
        int header = checked((int)Int64(image, 0x28)) + (64 * number);
        return checked(((int)Int64(image, header + 0x18), Int32(image, header + 0x28), (int)Int64(image, header + 0x20)));
    }

    private static string Text(ReadOnlySpan<byte> image, int offset)
    {
        ReadOnlySpan<byte> rest = image[offset..];
        return Encoding.ASCII.GetString(rest[..rest.IndexOf((byte)0)]);
    }

    private static ushort UInt16(ReadOnlySpan<byte> image, int offset) => BinaryPrimitives.ReadUInt16LittleEndian(image[offset..]);

    private static int Int32(ReadOnlySpan<byte> image, int offset) => BinaryPrimitives.ReadInt32LittleEndian(image[offset..]);

    private static long Int64(ReadOnlySpan<byte> image, int offset) => BinaryPrimitives.ReadInt64LittleEndian(image[offset..]);
}
