using System.Buffers.Binary;
using LoraPrivacy.Oracle.Assessment;
using LoraPrivacy.Oracle.Tests.Protocol;

namespace LoraPrivacy.Oracle.Tests.Commands;

public class AssessTests
{
    [Fact]
    [Trait("Speed", "Slow")]
    public async Task The_bundled_digits() => await Verifier.Verify(await OutputAsync("assess"));

    [Fact]
    [Trait("Speed", "Slow")]
    public async Task The_bundled_digits_with_a_guarantee()
        => await Verifier.Verify(await OutputAsync(
            "assess", "--clip", "0.5", "--floor", "0.1", "--neighbours", "replace-one", "--row", "8", "--rank", "8,16,32", "--delta", "1e-6"));

    [Fact]
    [Trait("Speed", "Slow")]
    public async Task The_bundled_digits_as_JSON()
        => await Verifier.Verify(Numbers.Shortened(await OutputAsync("assess", "--json", "--rank", "16")));

    [Fact]
    [Trait("Speed", "Slow")]
    public async Task The_bundled_digits_as_CSV()
        => await Verifier.Verify(Numbers.Shortened(await OutputAsync("assess", "--csv", "--rank", "16,32")));

    [Fact]
    public async Task One_matrix_without_a_neighbour()
    {
        using TemporaryDirectory files = new();
        string path = files.Write("g.csv", Encoding.UTF8.GetBytes("a,b,c\n1,2,3\n0,1,0\n0,0,0\n"));
        await Verifier.Verify((await OutputAsync("assess", path, "--rank", "2,4", "--header", "yes")).Replace(files.Location, "@", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public async Task Two_proportional_matrices()
    {
        using TemporaryDirectory files = new();
        string path = files.Write("g.csv", Encoding.UTF8.GetBytes("1,2,3\n0,1,0\n"));
        string other = files.Write("h.csv", Encoding.UTF8.GetBytes("2,4,6\n0,2,0\n"));
        string output = await OutputAsync("assess", path, "--neighbour", other, "--rank", "2,4");
        await Verifier.Verify(output.Replace(files.Location, "@", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public async Task The_same_examples_give_the_same_answer_in_every_format()
    {
        // Three examples of a 2×2 gradient, and the same numbers as rows of one vector.
        float[] values = [1, 2, 3, 4, 0.5f, -1, 2, 1, 3, 0, -2, 1];
        byte[] data = [.. values.SelectMany(BitConverter.GetBytes)];
        using TemporaryDirectory files = new();
        string npy = files.Write("g.npy", [.. Npy("(3, 2, 2)"), .. data]);
        string tensors = files.Write("g.safetensors", [.. Safetensors("[3,2,2]", data.Length), .. data]);
        JsonElement first = await JsonAsync("assess", npy, "--json");
        JsonElement second = await JsonAsync("assess", tensors, "--json", "--tensor", "g");
        Assert.Equal(first.GetProperty("privacy").GetRawText(), second.GetProperty("privacy").GetRawText());
        Assert.Equal(3, first.GetProperty("batchSize").GetInt32());

        string matrix = files.Write("rows.npy", [.. Npy("(3, 4)"), .. data]);
        string csv = files.Write("rows.csv", Encoding.UTF8.GetBytes(string.Join('\n', values.Chunk(4).Select(row => string.Join(',', row.Select(x => x.ToString(CultureInfo.InvariantCulture)))))));
        Assert.Equal(
            (await JsonAsync("assess", matrix, "--json", "--per-example")).GetProperty("privacy").GetRawText(),
            (await JsonAsync("assess", csv, "--json", "--per-example")).GetProperty("privacy").GetRawText());
    }

    [Fact]
    public async Task Equal_gradients_differ_nowhere()
    {
        using TemporaryDirectory files = new();
        string path = files.Write("g.csv", Encoding.UTF8.GetBytes("1,2,3\n0,1,0\n"));
        JsonElement report = await JsonAsync("assess", path, "--neighbour", path, "--rank", "2", "--json");
        Assert.All(report.GetProperty("releases").EnumerateArray(), line => Assert.Equal("nothing differs", line.GetProperty("private").GetString()));
        Assert.Equal(0, report.GetProperty("privacy")[0].GetProperty("factorEpsilon").GetDouble());
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public async Task A_zero_gradient_has_no_ratios_and_no_distances()
    {
        using TemporaryDirectory files = new();
        string path = files.Write("g.csv", Encoding.UTF8.GetBytes("0,0\n0,0\n"));
        string text = await OutputAsync("assess", path, "--rank", "2");
        Assert.Contains("The gradient is zero", text, StringComparison.Ordinal);
        Assert.DoesNotContain("this very pair", text.ReplaceLineEndings(" "), StringComparison.Ordinal);
        JsonElement noise = (await JsonAsync("assess", path, "--rank", "2", "--json")).GetProperty("noise")[0];
        Assert.Equal(0, noise.GetProperty("totalVariance").GetDouble());
        Assert.Equal(JsonValueKind.Null, noise.GetProperty("signalToNoise").ValueKind);
        Assert.Equal(JsonValueKind.Null, noise.GetProperty("kolmogorovLargest").ValueKind);
    }

    [Fact]
    public async Task An_extreme_pair_leaves_a_whole_report()
    {
        using TemporaryDirectory files = new();
        string path = files.Write("g.csv", Encoding.UTF8.GetBytes("1e-11,-2e-11,5e-12\n0.3,1,-0.7\n"));
        string other = files.Write("h.csv", Encoding.UTF8.GetBytes("0.4,-1.2,0.9\n1,0.2,0.5\n"));
        JsonElement report = await JsonAsync("assess", path, "--neighbour", other, "--rank", "8", "--json");
        Assert.Equal(6, report.GetProperty("releases").GetArrayLength());
        Assert.Equal(1, report.GetProperty("privacy").GetArrayLength());
    }

    [Fact]
    public void A_number_that_cannot_be_computed_is_noted_and_the_others_are_given()
    {
        Computation computation = new(digits: 3);
        Assert.Equal("0.500", computation.Number("a half", () => 0.5).Display);
        Assert.Equal(Cell.NotComputed, computation.Number("a sum", () => throw new ArithmeticException("it did not converge")));
        Assert.Equal(Cell.NotComputed, computation.Number("a root", () => throw new ArgumentException("x must be at least 0", paramName: "x")));
        Assert.Equal(Cell.NotComputed, computation.Number("a ratio", () => double.NaN));
        Assert.Equal(
            ["a sum: it did not converge", "a root: x must be at least 0", "a ratio: the result is beyond the range of double precision"],
            computation.Failures);
    }

    private static async Task<string> OutputAsync(params string[] arguments)
    {
        CommandProcess.Result result = await OracleProcess.RunAsync(string.Empty, arguments);
        Assert.Equal((0, string.Empty), (result.ExitCode, result.Error));
        Assert.DoesNotContain('\u001B', result.Output);
        return result.Output;
    }

    private static async Task<JsonElement> JsonAsync(params string[] arguments)
    {
        using JsonDocument document = JsonDocument.Parse(await OutputAsync(arguments));
        return document.RootElement.Clone();
    }

    private static byte[] Npy(string shape)
    {
        byte[] header = Encoding.ASCII.GetBytes($"{{'descr': '<f4', 'fortran_order': False, 'shape': {shape}, }}\n");
        byte[] size = new byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(size, (ushort)header.Length);
        return [0x93, .. "NUMPY"u8, 1, 0, .. size, .. header];
    }

    private static byte[] Safetensors(string shape, int length)
    {
        byte[] header = Encoding.ASCII.GetBytes($$$"""{"g":{"dtype":"F32","shape":{{{shape}}},"data_offsets":[0,{{{length}}}]}}""");
        return [.. BitConverter.GetBytes((ulong)header.Length), .. header];
    }
}
