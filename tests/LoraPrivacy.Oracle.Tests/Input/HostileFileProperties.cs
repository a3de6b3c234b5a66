using LoraPrivacy.Oracle.Tests.Reporting;

namespace LoraPrivacy.Oracle.Tests.Input;

/// <summary>Files from anywhere give a value or one line of refusal, at a cost in proportion to their size.</summary>
public class HostileFileProperties
{
    private const int CasesEach = 20;

    private sealed class ShrinkingFile(byte[] bytes, int left) : MemoryStream(bytes[..left])
    {
        public override long Length => bytes.Length;
    }

    private static readonly byte[][] Arrays =
    [
        Npy(1, "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), }", 48),
        Npy(1, "{'descr': '>f4', 'fortran_order': True, 'shape': (3,), }", 12),
        Npy(2, "{'descr': '|u1', 'fortran_order': False, 'shape': (2, 2, 2), }", 8),
        Npy(3, "{'shape': (1L,), 'descr': \"<f2\", 'fortran_order': False}", 2),
    ];

    private static readonly byte[][] Tables = [.. new[] { "a,b,c\n1,2.5,-3e-2\n4,5,6\n", "1;2\r\n3;4", "\uFEFF1\t\"2\"\n", "1 2\n3 4\n" }.Select(Encoding.UTF8.GetBytes)];

    [Property(MaxTest = 400)]
    public void A_damaged_npy_file(int which, int seed) => CheckDamaged(Arrays, which, seed, bytes => NpyReader.Read(new MemoryStream(bytes), "f"), multiple: 100);

    [Property(MaxTest = 400)]
    [Trait("Speed", "Slow")]
    public void A_damaged_csv_file(int which, int seed) => CheckDamaged(Tables, which, seed, bytes => CsvReader.Read(new MemoryStream(bytes), "f"), multiple: 100);

    [Property(MaxTest = 300)]
    public void A_damaged_safetensors_file(int which, int seed)
        => CheckDamaged([Safetensors()], which, seed, bytes => SafetensorsTensorReader.Read(new MemoryStream(bytes), "f", (seed & 1) == 0 ? null : "w"), multiple: 200);

    [Property(MaxTest = 300)]
    public void A_damaged_conformance_result(int which, int seed)
        => CheckDamaged([Encoding.UTF8.GetBytes(SamplePage.ConformanceJson)], which, seed, bytes => ConformanceFile.Parse(bytes, "f"), multiple: 100);

    /// <summary>A file that is cut short, at any place, while it is read: its length is what it was. Reading to its end too early has its own message.</summary>
    [Fact]
    public void A_file_that_shrinks_while_it_is_read()
    {
        foreach (byte[] valid in Arrays.Append(Safetensors()))
        {
            for (int left = 0; left < valid.Length; left++)
            {
                using ShrinkingFile file = new(valid, left);
                bool isArray = valid[0] == 0x93;
                Exception? failure = Record.Exception(() => isArray ? NpyReader.Read(file, "f") : SafetensorsTensorReader.Read(file, "f", null));

                // Of several tensors only the one that is wanted is read.
                Assert.True(failure is InputException or EndOfStreamException || (failure is null && !isArray), $"{left} of {valid.Length} bytes: {failure}");
            }
        }
    }

    /// <summary>What a damage of small files does not reach: a few megabytes that are nothing but one kind of thing.</summary>
    [Theory]
    [InlineData("1,")]
    [InlineData("1\n")]
    [InlineData(",")]
    [InlineData("x,")]
    [InlineData("\"")]
    [InlineData(" ")]
    [InlineData("1 ")]
    [InlineData("9")]
    [InlineData("\n")]
    [InlineData("\0")]
    [InlineData("1;\t,")]
    [Trait("Speed", "Slow")]
    public void A_long_csv_file_of_one_kind(string piece) => HostileInput.Check(Repeated("", piece, ""), bytes => CsvReader.Read(new MemoryStream(bytes), "f"), IsRefusal, multiple: 60);

    [Theory]
    [InlineData("{'", "a", "': 1}")]
    [InlineData("{'descr': '", "<", "', 'fortran_order': False, 'shape': (1,), }")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (", "1,", "), }")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (", "9", ",), }")]
    [InlineData("{'descr': ", "[", "")]
    [InlineData("", " ", "")]
    [InlineData("{", "'descr': '<f8',", "}")]
    [Trait("Speed", "Slow")]
    public void A_long_npy_header_of_one_kind(string before, string piece, string after)
    {
        string header = Encoding.UTF8.GetString(Repeated(before, piece, after, 60_000));
        HostileInput.Check(Npy(1, header, 8), bytes => NpyReader.Read(new MemoryStream(bytes), "f"), IsRefusal, multiple: 100);
        HostileInput.Check(Npy(2, header + new string(' ', 1 << 20), 8), bytes => NpyReader.Read(new MemoryStream(bytes), "f"), IsRefusal, multiple: 2);
    }

    [Theory]
    [InlineData("{\"", "a", "\":{}}")]
    [InlineData("{", "\"a\":{},", "}")]
    [InlineData("{\"w\":{\"shape\":[", "1,", "]}}")]
    [InlineData("{\"w\":", "[", "")]
    [InlineData("{\"w\":", "{\"w\":", "")]
    [InlineData("{\"__metadata__\":{\"", "\\u0061", "\":\"\"}}")]
    [InlineData("{\"w\":{\"dtype\":\"", "\\n", "\"}}")]
    [InlineData("{\"w\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,", "9", "]}}")]
    [InlineData("{", " ", "}")]
    [Trait("Speed", "Slow")]
    public void A_long_safetensors_header_of_one_kind(string before, string piece, string after)
    {
        byte[] header = Repeated(before, piece, after);
        HostileInput.Check(
            [.. BitConverter.GetBytes((ulong)header.Length), .. header], bytes => SafetensorsTensorReader.Read(new MemoryStream(bytes), "f", null), IsRefusal, multiple: 100);
    }

    [Theory]
    [InlineData("{\"tests\":[", "{},", "{}]}")]
    [InlineData("{\"tests\":[", "{\"verdict\":\"failed\"},", "{}]}")]
    [InlineData("{\"tests\":", "[", "")]
    [InlineData("{\"tests\":[],\"testee\":\"", "\\u0001", "\"}")]
    [InlineData("{", "\"tests\":[],", "}")]
    public void A_long_conformance_result_of_one_kind(string before, string piece, string after)
        => HostileInput.Check(Repeated(before, piece, after), bytes => ConformanceFile.Parse(bytes, "f"), IsRefusal, multiple: 60);

    [Fact]
    public void Tensors_with_endless_names_are_listed_shortly()
    {
        using MemoryStream file = new();
        SafetensorsWriter.Write(file, Enumerable.Range(0, 30).Select(i => SafetensorsTensor.Of(new string('x', 100_000) + $"\n{i}", Single, [1, 1], new byte[4])), null);
        HostileInput.Check(file.ToArray(), bytes => SafetensorsTensorReader.Read(new MemoryStream(bytes), "f", null), IsRefusal, multiple: 100);
    }

    [Fact]
    public void A_refusal_that_is_not_one_is_seen()
    {
        // What the tests above demand can fail: another exception, a long message, and memory beyond the bound.
        Assert.Throws<FormatException>(() => HostileInput.Check([1], _ => throw new FormatException("f"), IsRefusal, multiple: 1));
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => HostileInput.Check([1], _ => throw new InputException("f" + new string('x', 5000)), IsRefusal, multiple: 1));
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => HostileInput.Check([1], _ => throw new InputException("f\nx"), IsRefusal, multiple: 1));
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => HostileInput.Check([1], _ => GC.KeepAlive(new byte[1 << 20]), IsRefusal, multiple: 1));
    }

    private const ElementType Single = ElementType.Float32;

    private static void CheckDamaged(byte[][] valid, int which, int seed, Action<byte[]> read, long multiple)
    {
        Random random = new(seed);
        byte[] file = valid[(int)((uint)which % valid.Length)];
        HostileInput.Check(HostileInput.Noise(random), read, IsRefusal, multiple);
        for (int i = 0; i < CasesEach; i++)
        {
            HostileInput.Check(HostileInput.Damage(file, random), read, IsRefusal, multiple);
        }
    }

    private static bool IsRefusal(Exception failure) => failure is InputException;

    private static byte[] Repeated(string before, string piece, string after, int size = 1 << 20)
        => Encoding.UTF8.GetBytes(before + string.Concat(Enumerable.Repeat(piece, Math.Max(1, (size - before.Length - after.Length) / piece.Length))) + after);

    private static byte[] Npy(int version, string header, int dataSize)
    {
        byte[] text = Encoding.UTF8.GetBytes(header + "\n");
        byte[] size = version == 1 ? BitConverter.GetBytes((ushort)text.Length) : BitConverter.GetBytes((uint)text.Length);
        return [0x93, .. "NUMPY"u8, (byte)version, 0, .. size, .. text, .. new byte[dataSize]];
    }

    private static byte[] Safetensors()
    {
        using MemoryStream file = new();
        SafetensorsWriter.Write(
            file,
            [
                SafetensorsTensor.Of("w", Single, [2, 3], new byte[24]),
                SafetensorsTensor.Of("b", ElementType.BFloat16, [3], new byte[6]),
            ],
            new Dictionary<string, string> { ["format"] = "pt" });
        return file.ToArray();
    }
}
