namespace LoraPrivacy.Oracle.Reporting.Plots;

/// <summary>Proved lower and upper bounds of ε of DP-SGD on B against the number of steps (S19, S27).</summary>
internal static class DpSgdPlot
{
    public const string Id = "dp-sgd";

    /// <summary>The δ of all points.</summary>
    public const double Delta = 1e-5;

    private const string Title = "DP-SGD on B: proved bounds of ε at δ = 1e-5 against steps";

    public static Plot Build(bool isQuick, TableWork work)
    {
        double[] rates = isQuick ? [0.01] : [0.001, 0.01, 0.1];
        double[] noises = isQuick ? [1, 2] : [0.6, 0.8, 1, 1.5, 2, 4];
        long[] steps = isQuick ? [1, 100, 1000] : [1, 3, 10, 30, 100, 300, 1000, 3000, 10000, 30000, 100000];
        (double Rate, double Noise)[] choices = [.. rates.SelectMany(rate => noises.Select(noise => (rate, noise)))];
        (Bracket Bracket, double Renyi)[][] values = work.Grid(choices, steps, (choice, count) =>
        {
            DpSgdMechanism run = new(choice.Noise, choice.Rate, count);
            RenyiAccountant renyi = new((RenyiCurve.SubsampledGaussian(choice.Noise, choice.Rate), count));
            return (run.Epsilon(Delta), renyi.Epsilon(Delta).Upper);
        });
        Axis horizontal = new("steps T", IsLogarithmic: true);
        Axis vertical = new("ε", IsLogarithmic: true);
        double[] grid = [.. steps.Select(count => (double)count)];
        Line Points(string name, IEnumerable<double> values) => new(name, grid, [.. values]) { HasPoints = true };
        Frame[] frames = [.. choices.Select((choice, i) => new Frame(
            new Chart(Title, horizontal, vertical,
            [
                Points("upper bound of ε", values[i].Select(value => value.Bracket.Upper)),
                Points("lower bound of ε", values[i].Select(value => value.Bracket.Lower)),
                Points("upper bound by Rényi divergences", values[i].Select(value => value.Renyi)),
            ]),
            $"sampling rate {Digits.Shortest(choice.Rate)}, noise multiplier {Digits.Shortest(choice.Noise)}, T = {steps[^1]}: the least ε of the worst case lies in "
                + $"[{Digits.Down(values[i][^1].Bracket.Lower, 5, 0)}, {Digits.Up(values[i][^1].Bracket.Upper, 5, 0)}]"))];
        return new Plot(
            Id,
            Title,
            ["S19", "S27", "S28"],
            [
                new Selector("rate", "sampling rate", [.. rates.Select(Digits.Shortest)], rates.Length / 2),
                new Selector("noise", "noise multiplier σ", [.. noises.Select(Digits.Shortest)], noises.Length / 2, IsSlider: true),
            ],
            frames,
            [
                "All T iterates of B, whatever A is, as long as A does not depend on the data; Poisson sampling; neighbours differ by one example added or removed. The sketch by A is not counted on: "
                    + "this privacy comes from the added noise. Between the two bounds lies the least ε of the worst case; a particular training may leak less. Noise in floating point is not covered.",
            ]);
    }
}
