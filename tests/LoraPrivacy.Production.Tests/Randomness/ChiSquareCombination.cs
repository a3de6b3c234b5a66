using System.Numerics;

namespace LoraPrivacy.Production.Tests.Randomness;

/// <summary>
/// The law of Σ_l λ_l X_l/r with independent X_l ~ χ²_r: that of the sum over the rows a of A of aᵀM a, M symmetric with the eigenvalues
/// λ_l, for Gaussian A with variance 1/r. By Gil-Pelaez' inversion, F(x) = ½ − (1/π)∫₀^∞ Im(e^{−itx}φ(t))/t dt with
/// φ(t) = Π(1 − 2iλ_l t/r)^{−r/2}, by the midpoint rule.
/// </summary>
internal sealed class ChiSquareCombination
{
    private const int Nodes = 1000;

    private readonly double step;
    private readonly Complex[] values;

    public ChiSquareCombination(IEnumerable<double> eigenvalues, int rank)
    {
        double[] kept = [.. eigenvalues];
        Mean = kept.Sum();
        Variance = 2 * kept.Sum(value => value * value) / rank;

        // |φ|² = Π(1 + (2λt/r)²)^{−r/2} falls below 1e-26 at the end of the range.
        double end = 1 / Math.Sqrt(Variance);
        while (kept.Sum(value => Math.Log(1 + Math.Pow(2 * value * end / rank, 2))) * rank / 2 < 60)
        {
            end *= 1.1;
        }

        step = end / Nodes;
        values = [.. Enumerable.Range(0, Nodes).Select(k => (k + 0.5) * step).Select(t => Complex.Exp(
            -kept.Select(value => Complex.Log(new Complex(1, -2 * value * t / rank))).Aggregate(Complex.Zero, (sum, log) => sum + log) * rank / 2))];
    }

    public double Mean { get; }

    public double Variance { get; }

    /// <summary>F(x). The midpoint rule repeats the law at distances of 2π/step, hundreds of deviations: its error is that of rounding.</summary>
    public double CumulativeDistribution(double x)
    {
        double sum = 0;
        for (int k = 0; k < Nodes; k++)
        {
            double t = (k + 0.5) * step;
            (double sine, double cosine) = Math.SinCos(t * x);
            sum += ((values[k].Imaginary * cosine) - (values[k].Real * sine)) / t;
        }

        return Math.Clamp(0.5 - (sum * step / Math.PI), 0, 1);
    }
}
