namespace LoraPrivacy.Reference.Tests.Accounting;

/// <summary>
/// Exact privacy curves of one and of two steps of the Poisson-subsampled Gaussian mechanism, by way of the Gaussian curve and not of Rényi
/// divergences: what an upper bound has to be above.
/// </summary>
internal sealed class SubsampledStep(double noise, double rate)
{
    private readonly GaussianMechanism gaussian = new(1 / noise);

    /// <summary>δ(ε) of one step for every real ε, P = (1 − q)N(0, σ²) + qN(1, σ²) against N(0, σ²), or the reverse.</summary>
    public double Delta(double epsilon, bool reverse)
    {
        double growth = Math.Exp(epsilon);
        if (reverse)
        {
            double rest = 1 - growth * (1 - rate);
            return rest <= 0 ? 0 : rest * Gaussian(Math.Log(growth * rate / rest));
        }

        double excess = double.ExpM1(epsilon) + rate;
        return excess <= 0 ? 1 - growth : rate * Gaussian(Math.Log(excess / rate));
    }

    /// <summary>δ(ε) of two steps: the curve of one at ε less the loss of the other, by the trapezoidal rule over the other's output.</summary>
    public double DeltaOfTwo(double epsilon, bool reverse)
    {
        const int points = 500;
        double low = -12 * noise;
        double step = (24 * noise + 1) / points;
        double sum = 0;
        for (int i = 0; i <= points; i++)
        {
            double z = low + i * step;
            double ratio = 1 - rate + rate * Math.Exp((2 * z - 1) / (2 * noise * noise));
            double density = Math.Exp(-0.5 * z * z / (noise * noise)) / (noise * Math.Sqrt(2 * Math.PI));
            sum += reverse
                ? density * Delta(epsilon + Math.Log(ratio), reverse)
                : density * ratio * Delta(epsilon - Math.Log(ratio), reverse);
        }

        return sum * step;
    }

    // The pair is symmetric: δ(−ε) = 1 − e^{−ε} + e^{−ε} δ(ε).
    private double Gaussian(double epsilon)
        => epsilon >= 0 ? gaussian.Delta(epsilon) : 1 - Math.Exp(epsilon) + Math.Exp(epsilon) * gaussian.Delta(-epsilon);
}
