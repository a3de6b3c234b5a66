namespace LoraPrivacy.Oracle.Tests.Commands;

public class ErrorTests
{
    [Fact]
    [Trait("Speed", "Slow")]
    public async Task Bad_input_gets_one_line_and_exit_code_1()
    {
        using TemporaryDirectory files = new();
        files.Write("bad.csv", Encoding.UTF8.GetBytes("1,2\n3,x\n"));
        files.Write("nan.csv", Encoding.UTF8.GetBytes("1,2\n3,NaN\n"));
        files.Write("good.csv", Encoding.UTF8.GetBytes("1,2\n3,4\n"));
        files.Write("other.csv", Encoding.UTF8.GetBytes("1,2,3\n"));
        files.Write("huge.csv", Encoding.UTF8.GetBytes("1e308,1e308\n1,1e308\n"));
        files.Write("blanks.csv", Encoding.UTF8.GetBytes("1 2 3\n4 5 6\n"));
        files.Write("bad.npy", "not numpy"u8.ToArray());
        files.Write("bad.safetensors", [255, 255, 255, 255, 255, 255, 255, 255]);
        files.Write("data.txt", "1"u8.ToArray());
        string[][] commandLines =
        [
            [],
            ["nonsense"],
            ["law"],
            ["law", "--rank"],
            ["law", "--rank", "0"],
            ["law", "--rank", "2.5"],
            ["law", "--rank", "4", "--entry", "2"],
            ["law", "--rank", "4", "--norm", "-1"],
            ["law", "--rank", "4", "--probability", "0.5,1"],
            ["law", "--rank", "4", "--plot", "picture.gif"],
            ["law", "--rank", "4", "--plot", "picture.png"],
            ["law", "--rank", "4", "--out", "@/missing/file"],
            ["law", "--rank", "4", "--unknown"],
            ["law", "--rank", "4", "--norm", "1e200"],
            ["curve", "--dimension", "8", "--angle", "0", "--plot", "@/picture.svg"],
            ["epsilon", "--dimension", "8", "--angle", "1", "--rank", "1,2", "--plot", "@/picture.svg"],
            ["curve", "--dimension", "8"],
            ["curve", "--dimension", "8", "--angle", "4"],
            ["curve", "--dimension", "1", "--angle", "1"],
            ["curve", "--dimension", "8", "--angle", "1", "--epsilon", "-1"],
            ["epsilon", "--dimension", "8", "--angle", "1", "--tau", "0.1"],
            ["epsilon", "--dimension", "8", "--angle", "1", "--delta", "0"],
            ["bounds", "--table", "nothing"],
            ["bounds", "--format", "xml"],
            ["bounds", "--format", "csv", "--json"],
            ["account"],
            ["account", "dp-sgd"],
            ["account", "dp-sgd", "--rate", "0.1", "--noise", "1"],
            ["account", "dp-sgd", "--rate", "0.1", "--steps", "10"],
            ["account", "dp-sgd", "--rate", "0", "--noise", "1", "--steps", "10"],
            ["account", "dp-sgd", "--rate", "0.1", "--noise", "1", "--steps", "0"],
            ["account", "dp-sgd", "--rate", "0.1", "--noise", "1", "--steps", "10", "--epochs", "1"],
            ["account", "dp-sgd", "--rate", "0.1", "--noise", "1", "--steps", "10", "--target-epsilon", "1"],
            ["account", "dp-sgd", "--rate", "0.1", "--target-epsilon", "1"],
            ["account", "dp-sgd", "--batch", "32", "--noise", "1", "--steps", "10"],
            ["account", "dp-sgd", "--batch", "32", "--examples", "16", "--noise", "1", "--steps", "10"],
            ["account", "dp-sgd", "--rate", "0.1", "--noise", "1", "--steps", "10", "--neighbours", "all"],
            ["account", "product", "--rank", "8", "--dimension", "64"],
            ["account", "product", "--rank", "8", "--dimension", "64", "--angle", "0.1", "--tau", "0.1"],
            ["account", "product", "--rank", "8", "--dimension", "64", "--tau", "0.1", "--rate", "0.1"],
            ["account", "product", "--rank", "8", "--dimension", "64", "--angle", "0.1", "--appended-constant"],
            ["account", "factor", "--rank", "8", "--eigenvalues", "0"],
            ["account", "sketched", "--rank", "8"],
            ["account", "sketched", "--rank", "8", "--noise", "1", "--dimension", "8", "--steps", "2"],
            ["trace", "S99"],
            ["assess", "@/missing.npy"],
            ["assess", "@/data.txt"],
            ["assess", "@/bad.csv"],
            ["assess", "@/nan.csv"],
            ["assess", "@/bad.npy"],
            ["assess", "@/bad.safetensors"],
            ["assess", "@/good.csv", "--tensor", "w"],
            ["assess", "@/good.csv", "--example", "1"],
            ["assess", "@/good.csv", "--neighbour", "@/other.csv"],
            ["assess", "@/good.csv", "--per-example", "--example", "2"],
            ["assess", "@/good.csv", "--per-example", "--row", "1"],
            ["assess", "@/good.csv", "--per-example", "--neighbours", "replace-one"],
            ["assess", "--relation", "replace-one"],
            ["assess", "@/huge.csv"],
            ["assess", "@/blanks.csv"],
            ["assess", "@"],
            ["assess", "@/good.csv", "--neighbour", "@/good.csv", "--neighbours", "add-remove"],
            ["assess", "--json", "--csv"],
            ["assess", "--row", "10"],
            ["assess", "--example", "-1"],
            ["assess", "--floor", "1"],
            ["assess", "--per-example"],
            ["evaluate", "--out", "@/missing/file"],
            ["check"],
            ["train", "--output", "@/adapter"],
            ["epsilom", "--rank", "4"],
            ["acount", "dp-sgd"],
            ["account", "dpsgd"],
            ["epsilon", "--rnak", "4"],
            ["zzz"],
        ];
        StringBuilder transcript = new();
        foreach (string[] commandLine in commandLines)
        {
            CommandProcess.Result result = await OracleProcess.RunAsync(
                string.Empty, [.. commandLine.Select(word => word.Replace("@", files.Location, StringComparison.Ordinal))]);
            Assert.True((result.ExitCode, result.Output) == (1, string.Empty), $"{string.Join(' ', commandLine)}: {result}");
            Assert.StartsWith("lora-oracle: error: ", result.Error, StringComparison.Ordinal);
            Assert.Equal(result.Error.Length - 1, result.Error.IndexOf('\n', StringComparison.Ordinal));
            transcript.Append("$ lora-oracle ").AppendJoin(' ', commandLine).Append('\n').Append(result.Error.Replace(files.Location, "@", StringComparison.Ordinal)).Append('\n');
        }

        Assert.False(File.Exists(Path.Combine(files.Location, "picture.png")));
        await Verifier.Verify(transcript.ToString());
    }
}
