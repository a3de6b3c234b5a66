namespace LoraPrivacy.Oracle.Tests.Input;

public class SafetensorsTensorReaderTests
{
    private const string TwoMatrices = """
        {"__metadata__":{"format":"pt"},
         "first":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]},
         "second":{"dtype":"F64","shape":[1,1],"data_offsets":[8,16]},
         "bias":{"dtype":"I64","shape":[1],"data_offsets":[16,24]}}
        """;

    [Theory]
    [InlineData("F16", new byte[] { 0x00, 0x3C, 0x00, 0xC0 })]
    [InlineData("BF16", new byte[] { 0x80, 0x3F, 0x00, 0xC0 })]
    [InlineData("F32", new byte[] { 0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0 })]
    [InlineData("F64", new byte[] { 0, 0, 0, 0, 0, 0, 0xF0, 0x3F, 0, 0, 0, 0, 0, 0, 0, 0xC0 })]
    public void Every_floating_point_type_is_read(string type, byte[] data)
    {
        string header = $$$"""{"g":{"dtype":"{{{type}}}","shape":[1,2],"data_offsets":[0,{{{data.Length}}}]}}""";
        Tensor tensor = Read(File(header, data));
        Assert.Equal([1, 2], tensor.Shape);
        Assert.Equal([1, -2], tensor.Values);
    }

    [Fact]
    public void The_named_tensor_is_read()
    {
        byte[] data = [.. BitConverter.GetBytes(1f), .. BitConverter.GetBytes(2f), .. BitConverter.GetBytes(3.5), .. new byte[8]];
        Assert.Equal([3.5], Read(File(TwoMatrices, data), "second").Values);
        Assert.Equal([1, 2], Read(File(TwoMatrices, data), "first").Values);
    }

    [Fact]
    public void Several_matrices_without_a_name_are_listed()
        => AssertRefused(File(TwoMatrices, new byte[24]), "--tensor NAME; it has first (1×2, F32), second (1×1, F64), bias (1, I64)");

    [Fact]
    public void An_unknown_name_is_answered_with_those_there_are()
        => AssertRefused(File(TwoMatrices, new byte[24]), "has no tensor 'third'; it has first", "third");

    [Fact]
    public void An_integer_tensor_is_refused()
        => AssertRefused(File(TwoMatrices, new byte[24]), "type I64 are not supported", "bias");

    [Theory]
    [InlineData("""{"g":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]}}""", 12, "describes 8 bytes of data, but the file has 12")]
    [InlineData("""{"g":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]}}""", 4, "[0, 8) lies outside the file's 4 bytes of data")]
    [InlineData("""{"g":{"dtype":"F32","shape":[1,3],"data_offsets":[0,8]}}""", 8, "needs 12 bytes")]
    [InlineData("""{"g":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,8]}}""", 8, "too large for any file")]
    [InlineData("""{"g":{"dtype":"F32","shape":[1,2],"data_offsets":[8,0]}}""", 8, "data_offsets [8, 0] are in the wrong order")]
    [InlineData("""{"g":{"dtype":"F32","shape":[1,2],"data_offsets":[0,99999999999999999999]}}""", 8, "data_offsets has an entry that is not an integer in [0, 9223372036854775807]")]
    [InlineData("""{"g":{"dtype":"F32","shape":[-1,2],"data_offsets":[0,8]}}""", 8, "shape has an entry that is not an integer")]
    [InlineData("""{"g":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]},"h":{"dtype":"F32","shape":[1,2],"data_offsets":[4,12]}}""", 12, "'h': its data [4, 12) overlaps")]
    [InlineData("""{"g":{"dtype":"F32","shape":[1,2],"data_offsets":[4,12]}}""", 12, "leaves a gap")]
    [InlineData("""{"g":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]},"g":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]}}""", 8, "'g': is named twice")]
    [InlineData("""{"g":{"dtype":"F32","dtype":"F64","shape":[1,2],"data_offsets":[0,8]}}""", 8, "'dtype' is given twice")]
    [InlineData("""{"g":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8],"x":1}}""", 8, "unknown field 'x'")]
    [InlineData("""{"g":[]}""", 0, "is not a JSON object")]
    [InlineData("""[]""", 0, "is not a JSON object")]
    [InlineData("""{}""", 0, "it has none")]
    [InlineData("""{"\ud800":{}}""", 0, "not valid JSON")]
    [InlineData("""{"g":{"dtype":"F32","shape":[1,2],""", 8, "not valid JSON")]
    public void A_header_that_lies_is_refused(string header, int dataSize, string expected)
        => AssertRefused(File(header, new byte[dataSize]), expected);

    [Fact]
    public void A_truncated_file_is_refused_wherever_it_ends()
    {
        byte[] whole = File("""{"g":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]}}""", new byte[8]);
        for (int length = 0; length < whole.Length; length++)
        {
            AssertRefused(whole[..length], "t.safetensors");
        }
    }

    [Theory]
    [InlineData(ulong.MaxValue)]
    [InlineData(1UL << 40)]
    public void A_header_size_beyond_the_file_is_refused(ulong size)
        => AssertRefused([.. BitConverter.GetBytes(size), 1, 2, 3], $"claims a header of {size} bytes, but has 3 left");

    [Fact]
    public void A_number_that_is_not_finite_is_named_with_its_place()
    {
        string header = """{"g":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]}}""";
        byte[] data = [.. BitConverter.GetBytes(1f), .. BitConverter.GetBytes(float.PositiveInfinity)];
        AssertRefused(File(header, data), "tensor 'g': entry [1, 0] is Infinity");
    }

    private static void AssertRefused(byte[] file, string expected, string? name = null)
    {
        InputException failure = Assert.Throws<InputException>(() => Read(file, name));
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.StartsWith("t.safetensors", failure.Message, StringComparison.Ordinal);
    }

    private static Tensor Read(byte[] file, string? name = null) => SafetensorsTensorReader.Read(new MemoryStream(file), "t.safetensors", name);

    private static byte[] File(string header, byte[] data)
    {
        byte[] text = Encoding.UTF8.GetBytes(header);
        return [.. BitConverter.GetBytes((ulong)text.Length), .. text, .. data];
    }
}
