namespace LoraPrivacy.Reference.Numerics;

/// <summary>
/// Temme's uniform expansion of the incomplete gamma function for one shape a:
/// Q(a, x) = ½ erfc(η√(a/2)) + e^{−aη²/2}/√(2πa) · B(η)/A, with ½η² = λ − 1 − log λ, λ = x/a.
/// (N. M. Temme, SIAM J. Math. Anal. 10, 1979, 757–766; the recursion for B is that of A. Gil, J. Segura and
/// N. M. Temme, SIAM J. Sci. Comput. 34, 2012, A2965–A2981.)
/// </summary>
/// <remarks>
/// Integrating Q = √(a/2π)/Γ*(a) ∫_η^∞ e^{−aζ²/2} f(ζ) dζ, f = ζ/(λ − 1) = Σ dₙ ζⁿ, by parts gives
/// B = Σ βₙ ηⁿ with β_{n−1} = d_n + (n + 1) β_{n+1}/a, and A = 1 + β₁/a = Γ*(a).
/// The coefficients dₙ are computed here, in 28-digit decimals, not tabulated.
/// </remarks>
internal sealed class TemmeExpansion
{
    /// <summary>The shape from which on the expansion reaches double precision for |η| ≤ 1.</summary>
    public const double SmallestShape = 16;

    private const int Terms = 40;
    private static readonly double[] Coefficients = MakeCoefficients();

    private readonly double[] scaled = new double[Terms];

    public TemmeExpansion(double a)
    {
        double[] beta = new double[Terms + 2];
        for (int n = Terms; n >= 1; n--)
        {
            beta[n - 1] = Coefficients[n] + (n + 1) * beta[n + 1] / a;
        }

        double normaliser = 1 + beta[1] / a;
        for (int n = 0; n < Terms; n++)
        {
            scaled[n] = beta[n] / normaliser;
        }
    }

    /// <summary>B(η)/A for |η| ≤ 1. Terms fall like (|η|/3.54)ⁿ: the series of f converges up to 2√π.</summary>
    public double Correction(double eta)
    {
        double size = Math.Abs(eta);
        int last = size < 0.08 ? 10 : size < 0.25 ? 14 : size < 0.6 ? 21 : 31;
        double sum = scaled[last];
        for (int n = last - 1; n >= 0; n--)
        {
            sum = sum * eta + scaled[n];
        }

        return sum;
    }

    private static double[] MakeCoefficients()
    {
        // λ = 1 + Σ α_k η^k from dλ/dη = ηλ/(λ − 1).
        decimal[] alpha = new decimal[Terms + 3];
        alpha[1] = 1;
        for (int k = 2; k < alpha.Length; k++)
        {
            decimal sum = alpha[k - 1];
            for (int j = 2; j < k; j++)
            {
                sum -= j * alpha[j] * alpha[k - j + 1];
            }

            alpha[k] = sum / (k + 1);
        }

        // f = η/(λ − 1) is the reciprocal of Σ α_{k+1} η^k.
        decimal[] d = new decimal[Terms + 1];
        d[0] = 1;
        for (int n = 1; n <= Terms; n++)
        {
            for (int j = 1; j <= n; j++)
            {
                d[n] -= alpha[j + 1] * d[n - j];
            }
        }

        return Array.ConvertAll(d, value => (double)value);
    }
}
