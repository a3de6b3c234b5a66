namespace LoraPrivacy.Oracle.Tests.Protocol;

public class EvaluateTests
{
    private const string Query = """{"id":1,"op":"product/delta-floor","params":{"rank":2,"angle":0.5}}""";

    [Fact]
    [Trait("Speed", "Slow")]
    public async Task Every_operation_answers()
    {
        string[] queries =
        [
            .. OperationTable.All.Select(operation => operation.ExampleQuery),
            """{"op":"noise/moments","params":{"gradient":[3,4],"rank":2,"kurtosis":1}}""",
            """{"op":"noise/pdf","params":{"entry":0,"norm":1,"rank":1,"x":0}}""",
            """{"op":"noise/cdf","params":{"entry":0.5,"norm":1,"rank":8,"x":"-Infinity"}}""",
            """{"op":"product/delta","params":{"rank":2,"dimension":768,"normRatio":1,"angle":0.5,"epsilon":"Infinity"}}""",
            """{"op":"product/epsilon","params":{"rank":2,"dimension":768,"normRatio":1,"angle":0.5,"delta":1e-5}}""",
            """{"op":"product/worst-case-epsilon","params":{"rank":1,"dimension":768,"relativeSensitivity":0.01,"delta":1e-5}}""",
            """{"op":"matrix/verdict","params":{"gradient":[[1,2]],"neighbour":[[1,3]]}}""",
            """{"op":"matrix/verdict","params":{"gradient":[[1,2],[3,4]],"neighbour":[[2,4],[6,8]]}}""",
            """{"op":"matrix/verdict","params":{"gradient":[[1,2],[3,4]],"neighbour":[[1,2],[3,4]]}}""",
            """{"op":"lora/step","params":{"weight":[[1,2],[3,4]],"a":[[1,0.5]],"b":[[0.5],[0]],"scale":2,"input":[[1,1]],"target":[[0,1]],"loss":"squared-error"}}""",
            """{"op":"lora/step","params":{"weight":[[1,2],[3,4]],"a":[[1,0.5]],"b":[[0.5],[0]],"scale":2,"input":[[1,1]],"target":[[0,1]],"loss":"cross-entropy"}}""",
            """{"op":"gaussian/delta","params":{"mu":1,"epsilon":"Infinity"}}""",
            """{"op":"gaussian/epsilon","params":{"mu":0,"delta":1e-9}}""",
            """{"op":"dp-sgd/epsilon","params":{"noiseMultiplier":4,"samplingRate":1,"steps":10000,"delta":1e-9}}""",
            """{"op":"product/composed-epsilon","params":{"rank":2,"dimension":57,"normRatio":1,"angle":0.1,"steps":16,"delta":1e-5}}""",
            """{"op":"sketched-gaussian/delta","params":{"rank":8,"sensitivity":0,"noise":2,"epsilon":0.5}}""",
        ];
        await Verifier.Verify(await TranscriptAsync(queries));
    }

    /// <summary>Values out of range are tested for every parameter by <see cref="OperationTests"/>.</summary>
    [Fact]
    [Trait("Speed", "Slow")]
    public async Task Every_kind_of_error_is_answered()
        => await Verifier.Verify(await TranscriptAsync(
        [
            string.Empty,
            "no JSON",
            """{"id":1,"op":""",
            "[1, 2]",
            """{"id":1,"id":2,"op":"product/delta-floor","params":{}}""",
            "{\"id\":\"\\ud800\",\"op\":\"product/delta-floor\",\"params\":{}}",
            """{"op":"product/delta-floor","params":{"rank":2,"angle":0.5}}""",
            """{"id":{"any":["JSON",null,1.50]},"op":"product/delta-floor","params":{"rank":2,"angle":0.5}}""",
            """{"id":1,"op":"product/nothing","params":{}}""",
            """{"id":1,"params":{}}""",
            """{"id":1,"op":3,"params":{}}""",
            """{"id":1,"op":"product/delta-floor"}""",
            """{"id":1,"op":"product/delta-floor","params":[2, 0.5]}""",
            """{"id":1,"op":"product/delta-floor","params":{"rank":2,"angle":0.5},"more":1}""",
            """{"id":1,"op":"product/delta-floor","params":{"rank":2}}""",
            """{"id":1,"op":"product/delta-floor","params":{"rank":2,"angle":0.5,"theta":1}}""",
            """{"id":1,"op":"product/delta-floor","params":{"rank":"2","angle":0.5}}""",
            """{"id":1,"op":"product/delta-floor","params":{"rank":2.5,"angle":0.5}}""",
            """{"id":1,"op":"product/delta-floor","params":{"rank":1e30,"angle":0.5}}""",
            """{"id":1,"op":"product/delta-floor","params":{"rank":2,"angle":"Infinity"}}""",
            """{"id":1,"op":"product/delta-floor","params":{"rank":2,"angle":1e400}}""",
            """{"id":1,"op":"product/delta-floor","params":{"rank":2,"angle":"NaN"}}""",
            """{"id":1,"op":"product/delta","params":{"rank":2,"dimension":1,"normRatio":1,"angle":0.5,"epsilon":1}}""",
            """{"id":1,"op":"noise/cdf","params":{"entry":2,"norm":1,"rank":8,"x":0}}""",
            """{"id":1,"op":"noise/moments","params":{"gradient":[1,null],"rank":8}}""",
            """{"id":1,"op":"noise/moments","params":{"gradient":[1e200,2],"rank":8}}""",
            """{"id":1,"op":"noise/moments","params":{"gradient":[1e-200,0],"rank":8}}""",
            """{"id":1,"op":"noise/quantile","params":{"entry":1e308,"norm":1e308,"rank":2,"probability":1e-300}}""",
            """{"id":1,"op":"factor/epsilon","params":{"rank":2,"eigenvalues":[1,-1],"delta":0.1}}""",
            """{"id":1,"op":"gaussian/epsilon","params":{"sigma":1,"mu":1,"delta":0.1}}""",
            """{"id":1,"op":"gaussian/epsilon","params":{"mu":1e200,"delta":0.1}}""",
            """{"id":1,"op":"dp-sgd/epsilon","params":{"noiseMultiplier":1,"samplingRate":0.1,"steps":1.5,"delta":1e-5}}""",
            """{"id":1,"op":"dp-sgd/epsilon","params":{"noiseMultiplier":1,"samplingRate":0.1,"steps":10,"delta":1e-5,"neighbours":"all"}}""",
            """{"id":1,"op":"matrix/verdict","params":{"gradient":[[1,2],[3]],"neighbour":[[1,2],[3,4]]}}""",
            """{"id":1,"op":"matrix/verdict","params":{"gradient":[[1,2],[3,4]],"neighbour":[[1,2]]}}""",
            """{"id":1,"op":"matrix/verdict","params":{"gradient":[1,2],"neighbour":[[1,2]]}}""",
            """{"id":1,"op":"lora/step","params":{"weight":[[1,2]],"a":[[1]],"b":[[0]],"scale":2,"input":[[1,1]],"target":[[1]],"loss":"cross-entropy"}}""",
            """{"id":1,"op":"lora/step","params":{"weight":[[1,2]],"a":[[1,1]],"b":[[0]],"scale":2,"input":[[1,1]],"target":[[0.5]],"loss":"cross-entropy"}}""",
            """{"id":1,"op":"lora/step","params":{"weight":[[1,2]],"a":[[1,1]],"b":[[0]],"scale":2,"input":[[1,1]],"target":[[0.5]],"loss":"hinge"}}""",
            """{"id":1,"op":"lora/step","params":{"weight":[[1e308,1e308]],"a":[[1,1]],"b":[[0]],"scale":2,"input":[[1e308,-1e308]],"target":[[0.5]],"loss":"squared-error"}}""",
        ]));

    [Fact]
    [Trait("Speed", "Slow")]
    public async Task An_answer_comes_before_the_next_query_is_written()
    {
        using Process process = OracleProcess.Start("evaluate");
        for (int i = 0; i < 3; i++)
        {
            await process.StandardInput.WriteLineAsync(Query);
            await process.StandardInput.FlushAsync();
            string? answer = await process.StandardOutput.ReadLineAsync().WaitAsync(CommandProcess.Patience);
            Assert.Contains("\"statement\":\"S12\"", answer, StringComparison.Ordinal);
        }

        process.StandardInput.Close();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public async Task Answers_keep_the_order_of_the_queries_though_their_costs_differ()
    {
        // Every tenth query takes about a thousand times as long as the others.
        IEnumerable<string> queries = Enumerable.Range(0, 300).Select(i => i % 10 == 0
            ? $$$"""{"id":{{{i}}},"op":"product/worst-case-epsilon","params":{"rank":16,"dimension":64,"relativeSensitivity":0.01,"delta":1e-5}}"""
            : $$$"""{"id":{{{i}}},"op":"product/delta-floor","params":{"rank":2,"angle":0.5}}""");
        CommandProcess.Result result = await OracleProcess.RunAsync(string.Join("\n", queries), "evaluate");
        string[] answers = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(Enumerable.Range(0, 300), answers.Select(IdOf));
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public async Task Memory_does_not_grow_with_the_number_of_lines()
    {
        const int lines = 1_000_000;
        using Process process = OracleProcess.Start("evaluate");
        Task writing = Task.Run(() =>
        {
            for (int i = 0; i < lines; i++)
            {
                process.StandardInput.Write(Query + "\n");
            }

            process.StandardInput.Flush();
        });
        int answers = 0;
        for (; answers < lines; answers++)
        {
            Assert.NotNull(await process.StandardOutput.ReadLineAsync());
        }

        await writing;
        process.Refresh();
        Assert.InRange(process.PeakWorkingSet64, 0, 400L << 20);
        process.StandardInput.Close();
        Assert.Null(await process.StandardOutput.ReadLineAsync());
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public async Task A_line_beyond_the_limit_is_answered_and_the_next_one_too()
    {
        CommandProcess.Result result = await OracleProcess.RunAsync(new string('1', EvaluationLoop.LongestLine + 1) + "\n" + Query, "evaluate");
        string[] answers = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, answers.Length);
        Assert.StartsWith("""{"id":null,"error":{"code":"bad-json","parameter":null,"message":"the line is longer than""", answers[0], StringComparison.Ordinal);
        Assert.Equal(1, IdOf(answers[1]));
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public async Task A_byte_order_mark_is_skipped_at_the_start_only()
    {
        CommandProcess.Result result = await OracleProcess.RunAsync($"\uFEFF{Query}\n\uFEFF{Query}\n", "evaluate");
        string[] answers = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(1, IdOf(answers[0]));
        Assert.Contains("bad-json", answers[1], StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public async Task A_reader_that_leaves_ends_the_command_quietly()
    {
        using Process process = OracleProcess.Start("evaluate");
        process.StandardOutput.Close();
        Task<string> error = process.StandardError.ReadToEndAsync();
        try
        {
            for (int i = 0; i < 1_000_000 && !process.HasExited; i++)
            {
                await process.StandardInput.WriteLineAsync(Query);
            }
        }
        catch (IOException)
        {
            // The command has gone, as it should.
        }

        await process.WaitForExitAsync().WaitAsync(CommandProcess.Patience);
        Assert.Equal(string.Empty, await error);
        Assert.Equal(0, process.ExitCode);
    }

    [Theory]
    [InlineData("-INT", 130)]
    [InlineData("-TERM", 143)]
    [Trait("Speed", "Slow")]
    public async Task An_interrupt_ends_the_command_quietly_and_leaves_no_file(string signal, int exitCode)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using TemporaryDirectory directory = new();
        using Process process = OracleProcess.Start("evaluate", "--out", Path.Combine(directory.Location, "answers.jsonl"));
        await process.StandardInput.WriteLineAsync(Query);
        await process.StandardInput.FlushAsync();
        for (int i = 0; i < 6000 && Directory.GetFiles(directory.Location).Length == 0; i++)
        {
            await Task.Delay(100);
        }

        using Process kill = Process.Start("kill", [signal, process.Id.ToString(CultureInfo.InvariantCulture)]);
        await process.WaitForExitAsync().WaitAsync(CommandProcess.Patience);
        Assert.Equal(exitCode, process.ExitCode);
        Assert.Equal(string.Empty, await process.StandardError.ReadToEndAsync());
        Assert.Empty(Directory.GetFiles(directory.Location));
    }

    private static async Task<string> TranscriptAsync(string[] queries)
    {
        CommandProcess.Result result = await OracleProcess.RunAsync(string.Join("\n", queries) + "\n", "evaluate");
        Assert.Equal((0, string.Empty), (result.ExitCode, result.Error));
        string[] answers = result.Output.TrimEnd('\n').Split('\n');
        Assert.Equal(queries.Length, answers.Length);
        return Numbers.Shortened(string.Join("\n\n", queries.Zip(answers, (query, answer) => $"> {query}\n< {answer}"))) + "\n";
    }

    private static int IdOf(string answer)
    {
        using JsonDocument document = JsonDocument.Parse(answer);
        return document.RootElement.GetProperty("id").GetInt32();
    }
}
