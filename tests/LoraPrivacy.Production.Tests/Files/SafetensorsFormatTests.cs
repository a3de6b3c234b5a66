namespace LoraPrivacy.Production.Tests.Files;

public class SafetensorsFormatTests
{
    private static readonly byte[] ExpectedData = [7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x3F, 0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0, 1];
    private static readonly string[] NamesOutOfOrder = ["\U0001F600", "\uFFFD"];

    // The expected bytes are derived by hand from the format's description and its library's order (safetensors 0.4 and later): eight
    // bytes of header size, compact JSON padded with blanks to a multiple of 8, data in the header's order.
    [Fact]
    public void The_bytes_are_those_of_the_formats_library()
    {
        SafetensorsTensor[] tensors =
        [
            SafetensorsTensor.Of("b", ElementType.Float32, [1, 2], Numbers(1, -2)),
            SafetensorsTensor.Of("z", ElementType.Bool, [1], Raw(1)),
            SafetensorsTensor.Of("c", ElementType.Int64, [], Raw(7, 0, 0, 0, 0, 0, 0, 0)),
            SafetensorsTensor.Of("a", ElementType.BFloat16, [0, 3], Array.Empty<byte>()),
            SafetensorsTensor.Of("\"é\u0001", ElementType.Float32, [1], Numbers(0.5)),
        ];
        const string Header = """
            {"__metadata__":{"format":"pt"},"c":{"dtype":"I64","shape":[],"data_offsets":[0,8]},"\"é\u0001":{"dtype":"F32","shape":[1],"data_offsets":[8,12]},"b":{"dtype":"F32","shape":[1,2],"data_offsets":[12,20]},"a":{"dtype":"BF16","shape":[0,3],"data_offsets":[20,20]},"z":{"dtype":"BOOL","shape":[1],"data_offsets":[20,21]}}
            """;
        byte[] header = Encoding.UTF8.GetBytes(Header);
        byte[] padded = [.. header, .. Enumerable.Repeat((byte)' ', (8 - (header.Length % 8)) % 8)];
        Assert.Equal([.. BitConverter.GetBytes((ulong)padded.Length), .. padded, .. ExpectedData], Write(tensors, SafetensorsWriter.PyTorchMetadata));
    }

    [Fact]
    public void An_empty_file_is_a_padded_empty_object()
        => Assert.Equal([8, 0, 0, 0, 0, 0, 0, 0, .. "{}      "u8], Write([], null));

    [Fact]
    public void Names_are_ordered_by_their_bytes()
    {
        // U+FFFD is three bytes from EF, U+1F600 four from F0; as UTF-16 units they would come the other way round.
        byte[] file = Write([.. NamesOutOfOrder.Select(name => SafetensorsTensor.Of(name, ElementType.UInt8, [0], Array.Empty<byte>()))], null);
        string header = Encoding.UTF8.GetString(file);
        Assert.True(header.IndexOf('\uFFFD', StringComparison.Ordinal) < header.IndexOf("\U0001F600", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("a", "a", 0, 0L, 0)]
    [InlineData("a", "__metadata__", 0, 0L, 0)]
    [InlineData("a", "b", 0, -1L, 0)]
    [InlineData("a", "b", 17, long.MaxValue, 0)]
    [InlineData("a", "b", 1, 3L, 1)]
    [InlineData("a", "b", 17, 2L, 7)]
    public void What_cannot_be_written_is_refused_and_leaves_no_file(string first, string second, int type, long size, int bytes)
    {
        using TemporaryFolder folder = new();
        SafetensorsTensor[] tensors =
        [
            SafetensorsTensor.Of(first, ElementType.UInt8, [1], new byte[1]),
            SafetensorsTensor.Of(second, (ElementType)type, [size], new byte[bytes]),
        ];
        Assert.Throws<ArgumentException>(() => SafetensorsWriter.Write(folder["t.safetensors"], tensors));
        Assert.Empty(Directory.GetFiles(folder.Location));
    }

    [Fact]
    public void A_name_that_is_no_text_is_refused()
        => Assert.Throws<ArgumentException>(() => Write([SafetensorsTensor.Of("\uD800", ElementType.UInt8, [0], Array.Empty<byte>())], null));

    public static TheoryData<string, int, string> Hostile => new()
    {
        { """[]""", 0, "does not begin with '{'" },
        { """ {}""", 0, "does not begin with '{'" },
        { "", 0, "does not begin with '{'" },
        { """{"t":1}""", 0, "'t': its description is not a JSON object" },
        { """{} {}""", 0, "not valid JSON" },
        { """{}x""", 0, "not valid JSON" },
        { """{"t":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},}""", 4, "not valid JSON" },
        { """{"t":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}/**/}""", 4, "not valid JSON" },
        { """{"t":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}""", 4, "not valid JSON" },
        { """{"t":{"dtype":"F32","shape":[[[[[[1]]]]]],"data_offsets":[0,4]}}""", 4, "'t': its shape has an entry that is not an integer" },
        { """{"t":{"x":[[[[[[1]]]]]]}}""", 4, "'t': its description has an unknown field 'x'" },
        { """{"t":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"t":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "'t': is named twice" },
        { """{"t":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"\u0074":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "'t': is named twice" },
        { """{"__metadata__":{},"__metadata__":{}}""", 0, "is named twice" },
        { """{"__metadata__":{"a":"1","a":"2"}}""", 0, "__metadata__ 'a': is given twice" },
        { """{"__metadata__":{"a":1}}""", 0, "__metadata__ 'a': its value is not a string" },
        { """{"__metadata__":[]}""", 0, "__metadata__ is not a JSON object" },
        { """{"t":{"dtype":"F33","shape":[1],"data_offsets":[0,4]}}""", 4, "'t': its dtype 'F33' is unknown" },
        { """{"t":{"dtype":"f32","shape":[1],"data_offsets":[0,4]}}""", 4, "'t': its dtype 'f32' is unknown" },
        { """{"t":{"dtype":32,"shape":[1],"data_offsets":[0,4]}}""", 4, "'t': its dtype is not a string" },
        { """{"t":{"dtype":"F32","dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4, "'t': 'dtype' is given twice" },
        { """{"t":{"shape":[1],"data_offsets":[0,4]}}""", 4, "'t': its description lacks a dtype" },
        { """{"t":{"dtype":"F32","data_offsets":[0,4]}}""", 4, "'t': its description lacks a shape" },
        { """{"t":{"dtype":"F32","shape":[1],"data_offsets":[0]}}""", 4, "'t': its description lacks two data_offsets" },
        { """{"t":{"dtype":"F32","shape":[1],"data_offsets":[0,4,8]}}""", 4, "'t': its data_offsets has more than 2 entries" },
        { """{"t":{"dtype":"F32","shape":1,"data_offsets":[0,4]}}""", 4, "'t': its shape is not an array" },
        { """{"t":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", 4, "'t': its shape has an entry that is not an integer" },
        { """{"t":{"dtype":"F32","shape":[1.0],"data_offsets":[0,4]}}""", 4, "'t': its shape has an entry that is not an integer" },
        { """{"t":{"dtype":"F32","shape":[1e0],"data_offsets":[0,4]}}""", 4, "'t': its shape has an entry that is not an integer" },
        { """{"t":{"dtype":"F32","shape":["1"],"data_offsets":[0,4]}}""", 4, "'t': its shape has an entry that is not an integer" },
        { """{"t":{"dtype":"F32","shape":[9223372036854775808],"data_offsets":[0,4]}}""", 4, "'t': its shape has an entry that is not an integer" },
        { """{"t":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,4]}}""", 4, "'t': its shape 4294967296×4294967296 is too large" },
        { """{"t":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,0]}}""", 0, "too large for any file" },
        { """{"t":{"dtype":"F4","shape":[3],"data_offsets":[0,1]}}""", 1, "'t': its shape 3 of F4 does not fill whole bytes" },
        { """{"t":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 4, "'t': shape 2 of F32 needs 8 bytes, but its data [0, 4) has 4" },
        { """{"t":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}""", 4, "'t': its data_offsets [4, 0] are in the wrong order" },
        { """{"t":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "'t': its data [4, 8) leaves a gap before it" },
        { """{"t":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"u":{"dtype":"F32","shape":[1],"data_offsets":[2,6]}}""", 6, "'u': its data [2, 6) overlaps" },
        { """{"t":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"u":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4, "its data [0, 4) overlaps" },
        { """{"t":{"dtype":"U8","shape":[99],"data_offsets":[0,99]}}""", 4, "'t': its data [0, 99) lies outside the file's 4 bytes" },
        { """{"t":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 5, "describes 4 bytes of data, but the file has 5" },
        { """{"a\nb\u001b[31m":{}}""", 0, "tensor 'a b\uFFFD[31m': its description lacks a dtype" },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public void A_header_that_lies_is_refused(string header, int dataSize, string expected)
    {
        byte[] json = Encoding.UTF8.GetBytes(header);
        AssertRefused([.. BitConverter.GetBytes((ulong)json.Length), .. json, .. new byte[dataSize]], expected);
    }

    [Fact]
    public void A_header_that_is_not_text_is_refused()
    {
        AssertRefused([3, 0, 0, 0, 0, 0, 0, 0, (byte)'{', 0xFF, (byte)'}'], "not UTF-8");
        AssertRefused([12, 0, 0, 0, 0, 0, 0, 0, .. """{"\ud800":1}"""u8], "not valid JSON");
    }

    [Fact]
    public void A_size_that_lies_is_refused_before_anything_is_allocated()
    {
        AssertRefused([], "is truncated");
        AssertRefused([1, 2, 3], "is truncated");
        AssertRefused([255, 255, 255, 255, 255, 255, 255, 255, 1], "claims a header of 18446744073709551615 bytes, but has 1 left");

        // A sparse file that is as long as it claims, but longer than the format allows.
        using TemporaryFolder folder = new();
        using (FileStream stream = File.Create(folder["long"]))
        {
            stream.Write(BitConverter.GetBytes(200_000_000L));
            stream.SetLength(300_000_000);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        FileFormatException failure = Assert.Throws<FileFormatException>(() => SafetensorsReader.Open(folder["long"]));
        Assert.Contains("claims a header of 200000000 bytes; the format allows 100000000", failure.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public void Tensors_in_any_order_of_the_header_are_read()
    {
        byte[] json = """{"b":{"dtype":"U8","shape":[1],"data_offsets":[1,2]},"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}"""u8.ToArray();
        using SafetensorsReader reader = new(new MemoryStream([.. BitConverter.GetBytes((ulong)json.Length), .. json, 5, 6]), "f");
        Assert.Equal(["a", "b"], reader.Tensors.Select(entry => entry.Name));
        byte[] value = new byte[1];
        reader.Read(reader.Find("b")!, value);
        Assert.Equal(6, value[0]);
    }

    private static void AssertRefused(byte[] file, string expected)
    {
        FileFormatException failure = Assert.Throws<FileFormatException>(() => new SafetensorsReader(new MemoryStream(file), "f.safetensors"));
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.StartsWith("f.safetensors", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
    }

    private static double[] Numbers(params double[] values) => values;

    private static byte[] Raw(params byte[] values) => values;

    private static byte[] Write(SafetensorsTensor[] tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        using MemoryStream stream = new();
        SafetensorsWriter.Write(stream, tensors, metadata);
        return stream.ToArray();
    }
}
