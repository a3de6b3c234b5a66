using System.Buffers.Binary;

namespace LoraPrivacy.Oracle.Tests.Input;

public class NpyReaderTests
{
    [Theory]
    [InlineData("<f8", 1)]
    [InlineData(">f8", 2)]
    [InlineData("<f4", 3)]
    [InlineData(">f4", 1)]
    [InlineData("<f2", 1)]
    [InlineData(">f2", 1)]
    [InlineData("|i1", 1)]
    [InlineData("|u1", 1)]
    [InlineData("<i2", 1)]
    [InlineData(">i4", 1)]
    [InlineData("<i8", 1)]
    [InlineData(">u8", 1)]
    public void Every_number_type_is_read(string descriptor, int version)
    {
        double[] values = [1, 2, 3, 4, 5, 100];
        Tensor tensor = Read(File(Header(descriptor, "(2, 3)"), Encode(descriptor, values), version));
        Assert.Equal([2, 3], tensor.Shape);
        Assert.Equal(values, tensor.Values);
    }

    [Fact]
    public void Negative_integers_keep_their_sign()
        => Assert.Equal([-1, -128], Read(File(Header("|i1", "(2,)"), [0xFF, 0x80])).Values);

    [Fact]
    public void Columns_first_order_is_turned_into_rows_first()
    {
        double[] columnsFirst = [1, 4, 2, 5, 3, 6];
        byte[] file = File(Header("<f8", "(2, 3)", "True"), Encode("<f8", columnsFirst));
        Assert.Equal([1, 2, 3, 4, 5, 6], Read(file).Values);
    }

    [Fact]
    public void Columns_first_order_works_in_three_dimensions()
    {
        // Element [i, j, k] of a 2×2×3 array is 100 i + 10 j + k; the first index varies fastest in the file.
        double[] columnsFirst = [.. from k in Enumerable.Range(0, 3) from j in Enumerable.Range(0, 2) from i in Enumerable.Range(0, 2) select (100.0 * i) + (10 * j) + k];
        double[] rowsFirst = [.. from i in Enumerable.Range(0, 2) from j in Enumerable.Range(0, 2) from k in Enumerable.Range(0, 3) select (100.0 * i) + (10 * j) + k];
        byte[] file = File(Header("<f8", "(2, 2, 3)", "True"), Encode("<f8", columnsFirst));
        Assert.Equal(rowsFirst, Read(file).Values);
    }

    [Theory]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), }", 40, "needs 48 bytes of data, but the file has 40")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), }", 56, "but the file has 56")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (4294967296, 4294967296), }", 0, "is too large")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999999999999,), }", 0, "lacks a size")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (0, 3), }", 0, "holds no numbers")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (), }", 8, "has 0 dimensions")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (-1, 3), }", 0, "lacks a size")]
    [InlineData("{'descr': '<c16', 'fortran_order': False, 'shape': (1,), }", 16, "'<c16' are not supported")]
    [InlineData("{'descr': '|O', 'fortran_order': False, 'shape': (1,), }", 8, "'|O' are not supported")]
    [InlineData("{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (1,), }", 8, "describes records")]
    [InlineData("{'descr': '<f8', 'descr': '<f8', 'fortran_order': False, 'shape': (1,), }", 8, "'descr' twice")]
    [InlineData("{'descr': '<f8', 'shape': (1,), }", 8, "lacks one of")]
    [InlineData("{'descr': '<f8', 'fortran_order': 1, 'shape': (1,), }", 8, "lacks True or False")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (1,), 'x': 1}", 8, "unknown key 'x'")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (1,)} garbage", 8, "goes on after")]
    [InlineData("", 8, "lacks '{'")]
    public void A_header_that_lies_is_refused(string header, int dataSize, string expected)
        => AssertRefused(File(header, new byte[dataSize]), expected);

    [Fact]
    public void A_truncated_file_is_refused_wherever_it_ends()
    {
        byte[] whole = File(Header("<f8", "(2, 3)"), Encode("<f8", [1, 2, 3, 4, 5, 6]));
        for (int length = 0; length < whole.Length; length++)
        {
            AssertRefused(whole[..length], "t.npy: ");
        }
    }

    [Fact]
    public void A_huge_header_is_refused_before_it_is_read()
        => AssertRefused(File(new string(' ', 100_000), [], version: 2), "claims a header of 100000 bytes");

    [Fact]
    public void A_number_that_is_not_finite_is_named_with_its_place()
        => AssertRefused(File(Header("<f8", "(2, 3)"), Encode("<f8", [1, 2, 3, 4, double.NaN, 6])), "entry [1, 1] is NaN");

    private static void AssertRefused(byte[] file, string expected)
    {
        InputException failure = Assert.Throws<InputException>(() => Read(file));
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.StartsWith("t.npy: ", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
    }

    private static Tensor Read(byte[] file) => NpyReader.Read(new MemoryStream(file), "t.npy");

    private static string Header(string descriptor, string shape, string fortranOrder = "False")
        => $"{{'descr': '{descriptor}', 'fortran_order': {fortranOrder}, 'shape': {shape}, }}\n";

    private static byte[] File(string header, byte[] data, int version = 1)
    {
        byte[] text = Encoding.UTF8.GetBytes(header);
        byte[] size = new byte[version == 1 ? 2 : 4];
        if (version == 1)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(size, (ushort)text.Length);
        }
        else
        {
            BinaryPrimitives.WriteInt32LittleEndian(size, text.Length);
        }

        return [0x93, .. "NUMPY"u8, (byte)version, 0, .. size, .. text, .. data];
    }

    private static byte[] Encode(string descriptor, double[] values) => [.. values.SelectMany(value =>
    {
        byte[] bytes = descriptor[1..] switch
        {
            "f8" => BitConverter.GetBytes(value),
            "f4" => BitConverter.GetBytes((float)value),
            "f2" => BitConverter.GetBytes((Half)value),
            "i8" or "u8" => BitConverter.GetBytes((long)value),
            "i4" => BitConverter.GetBytes((int)value),
            "i2" => BitConverter.GetBytes((short)value),
            _ => [(byte)value],
        };
        return descriptor[0] == '>' ? bytes.Reverse() : bytes;
    })];
}
