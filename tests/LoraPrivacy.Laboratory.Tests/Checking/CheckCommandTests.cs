using LoraPrivacy.CommandLine;
using LoraPrivacy.CommandLine.Output;
using LoraPrivacy.Laboratory.Commands;
using TorchSharp;

namespace LoraPrivacy.Laboratory.Tests.Checking;

public class CheckCommandTests
{
    [Fact]
    [Trait("Speed", "Slow")]
    public async Task Every_claim_of_a_quick_check_holds()
    {
        CommandProcess.Result result = await LaboratoryProcess.RunAsync(string.Empty, "check", "--quick", "--json", "--device", "cpu", "--seed", "2");
        using JsonDocument document = JsonDocument.Parse(result.Output);
        StringBuilder claims = new();
        foreach (JsonElement claim in document.RootElement.GetProperty("claims").EnumerateArray())
        {
            string Text(string name) => claim.GetProperty(name).GetString() ?? "-";
            Assert.True(Text("verdict") == "holds", claim.GetRawText());
            claims.Append($"{Text("subject")} | {Text("statement")} | {Text("title")} | {Text("relation")} | {Text("formula")} | {Text("specification")}\n");
        }

        Assert.Equal((0, string.Empty), (result.ExitCode, result.Error));
        Assert.Equal(14, document.RootElement.GetProperty("noise").GetArrayLength());
        Assert.Equal(0, document.RootElement.GetProperty("failing").GetInt32());
        claims.Append("members: ").AppendJoin(", ", document.RootElement.EnumerateObject().Select(member => member.Name)).Append('\n');
        claims.Append("of a claim: ").AppendJoin(
            ", ", document.RootElement.GetProperty("claims")[0].EnumerateObject().Select(member => member.Name)).Append('\n');
        await Verifier.Verify(claims.ToString());
    }

    [Fact]
    public void A_failure_names_the_formula_and_its_place()
    {
        Claim claim = Claim.Near("S7", "an entry", "y_i = …", 1, 2, 0.5) with { Detail = "from 10 draws" };
        CheckReport report = new(
            new CheckSettings(torch.CPU, 1, IsQuick: true), "2.10.0", "cpu", [new Section("Laws", [claim])],
            new Dictionary<string, NoisePoint[]> { ["digits"] = [new(1, 65, 66, 1, 20)] });
        string text = PlainConsole.Render(console => CheckRendering.WriteText(console, report), CheckRendering.Width);
        Assert.Contains("FAILS: an entry", text, StringComparison.Ordinal);
        Assert.Contains("y_i = … (spec/gradient-law.md, S7)", text, StringComparison.Ordinal);
        Assert.Contains("0 claims hold, 1 fail.", text, StringComparison.Ordinal);
        Assert.Contains("\"verdict\": \"fails\"", CheckRendering.Json(report), StringComparison.Ordinal);
        using StringWriter error = new();
        Assert.Equal(ExitCode.ClaimFails, CheckCommand.Verdict(report, error));
        Assert.Equal("lora-lab: 1 of 1 claims fail: an entry (S7: y_i = …)", error.ToString().TrimEnd());
        Assert.Equal(0, CheckCommand.Verdict(report with { Sections = [new Section("Laws", [claim with { Observed = 1 }])] }, error));
        Assert.NotEqual(0, ExitCode.ClaimFails);
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public async Task An_interrupt_ends_it()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using Process process = LaboratoryProcess.Start("check");
        try
        {
            using CancellationTokenSource limit = new(CommandProcess.Patience);
            await Task.Delay(TimeSpan.FromSeconds(2), limit.Token);
            using Process kill = Process.Start("kill", ["-INT", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
            await process.WaitForExitAsync(limit.Token);
            Assert.Equal(130, process.ExitCode);
            Assert.Equal(string.Empty, await process.StandardOutput.ReadToEndAsync(limit.Token));
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
