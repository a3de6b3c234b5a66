using System.Runtime.InteropServices;

namespace LoraPrivacy.Production.Tests.Native;

public class VersionRequirementTests
{
    private static readonly byte[] Shim = File.ReadAllBytes(
        Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native", "libLibTorchSharp.so"));

    [Fact]
    public void OnlyTheFlagOfTheOneRequirementChanges()
    {
        byte[] image = [.. Shim];
        VersionRequirement.MakeWeak(image);
        int[] changed = [.. Enumerable.Range(0, image.Length).Where(i => image[i] != Shim[i])];

        int position = Assert.Single(changed);
        Assert.Equal(Shim[position] | 2, image[position]);
        // The entry's hash comes four bytes before its flags.
        Assert.Equal(ElfHash("GLIBCXX_3.4.32"), BinaryPrimitives.ReadUInt32LittleEndian(image.AsSpan(position - 4)));
    }

    [Fact]
    public void TheCopyLoadsOnAnyHost()
    {
        Libtorch.Load();
        nint handle = VersionRequirement.LoadWithout(LibtorchLocation.Shim()!);
        Assert.True(NativeLibrary.TryGetExport(handle, "THSTensor_dispose", out _));
    }

    [Fact]
    public void AnotherSymbolOfTheVersionIsRefused()
    {
        byte[] image = [.. Shim];
        int versions = SectionOffset(image, 0x6fffffff);
        ushort index = VersionIndex(image);
        BinaryPrimitives.WriteUInt16LittleEndian(image.AsSpan(versions + 20), index);

        LibtorchException exception = Assert.Throws<LibtorchException>(() => VersionRequirement.MakeWeak(image));
        Assert.Contains("needs", exception.Message, StringComparison.Ordinal);
        Assert.Contains("GLIBCXX_3.4.32", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIsNoImageIsRefused()
    {
        Assert.Throws<LibtorchException>(() => VersionRequirement.MakeWeak("MZ"u8.ToArray()));
        Assert.Throws<LibtorchException>(() => VersionRequirement.MakeWeak(new byte[100]));
        Assert.Throws<LibtorchException>(() => VersionRequirement.MakeWeak(Shim.AsSpan(0, 4096).ToArray()));
    }

    [Property(MaxTest = 300)]
    [Trait("Speed", "Slow")]
    public void ADamagedImageGivesNoOtherException(int[] positions, byte[] values)
    {
        byte[] image = [.. Shim];
        int tables = (int)BinaryPrimitives.ReadInt64LittleEndian(image.AsSpan(0x28));
        int requirement = SectionOffset(image, 0x6ffffffe);
        for (int i = 0; i < Math.Min(positions.Length, values.Length); i++)
        {
            // Damage where it is read: the file header, the section table, the version requirements.
            (int start, int length) = (i % 3) switch { 0 => (0, 64), 1 => (tables, image.Length - tables), _ => (requirement, 512) };
            image[start + (positions[i] & int.MaxValue) % length] = values[i];
        }

        try
        {
            VersionRequirement.MakeWeak(image);
        }
        catch (LibtorchException e)
        {
            Assert.DoesNotContain('\n', e.Message);
        }
    }

    [Fact]
    public void TheLoadersMessageIsRecognised()
    {
        Assert.True(VersionRequirement.IsMissing("/lib/x86_64-linux-gnu/libstdc++.so.6: version `GLIBCXX_3.4.32' not found"));
        Assert.False(VersionRequirement.IsMissing("/lib/x86_64-linux-gnu/libc.so.6: version `GLIBC_2.38' not found"));
    }

    private static ushort VersionIndex(byte[] image)
    {
        byte[] weak = [.. image];
        VersionRequirement.MakeWeak(weak);
        int flags = Enumerable.Range(0, image.Length).First(i => image[i] != weak[i]);
        return BinaryPrimitives.ReadUInt16LittleEndian(image.AsSpan(flags + 2));
    }

    private static int SectionOffset(byte[] image, int type)
    {
        int table = (int)BinaryPrimitives.ReadInt64LittleEndian(image.AsSpan(0x28));
        int header = Enumerable.Range(0, BinaryPrimitives.ReadUInt16LittleEndian(image.AsSpan(0x3c)))
            .Select(i => table + (64 * i))
            .First(entry => BinaryPrimitives.ReadInt32LittleEndian(image.AsSpan(entry + 4)) == type);
        return (int)BinaryPrimitives.ReadInt64LittleEndian(image.AsSpan(header + 0x18));
    }

    private static uint ElfHash(string name)
    {
        uint hash = 0;
        foreach (char c in name)
        {
            hash = (hash << 4) + c;
            uint high = hash & 0xf0000000;
            hash ^= high >> 24;
            hash &= ~high;
        }

        return hash;
    }
}
