using LoraPrivacy.Reference.Releases.Product;
using MathNet.Numerics;
using MathNet.Numerics.Integration;

namespace LoraPrivacy.Benchmarks;

/// <summary>
/// The peer: S11 as it is printed, integrated over ψ with MathNet's quadrature and MathNet's incomplete gamma. What one
/// would write in an afternoon; its accuracy is shown beside its time.
/// </summary>
public static class MathNetProductCurve
{
    public static double Delta(int rank, int dimension, VectorPair pair, double epsilon)
    {
        double n = rank + dimension - 1;
        double k = (rank - dimension - 1) / 2.0;
        double logNormaliser = SpecialFunctions.GammaLn((rank + 1) / 2.0) - SpecialFunctions.GammaLn(rank / 2.0) - 0.5 * Math.Log(Math.PI);
        double theta = pair.Angle;
        double lambda = pair.NormRatio;

        double Integrand(double psi)
        {
            double cos = Math.Cos(psi);
            double weight = Math.Exp(logNormaliser + (rank - 1) * Math.Log(cos));
            double h = Math.Cos(theta - psi) / cos;
            if (h <= 0)
            {
                return weight;
            }

            double c = epsilon + k * Math.Log(h) + n / 2 * Math.Log(lambda);
            double x = c / (lambda / h - 1);
            double other = Math.Exp(epsilon + logNormaliser + (rank - 1) * Math.Log(Math.Cos(theta - psi)));
            if (h < lambda)
            {
                x = Math.Max(x, 0);
                return weight * Upper(n / 2, x) - other * Upper(n / 2, x * lambda / h);
            }

            return c < 0 ? weight * Lower(n / 2, x) - other * Lower(n / 2, x * lambda / h) : 0;
        }

        double kink = Math.Atan((lambda - Math.Cos(theta)) / Math.Sin(theta));
        double width = 12 / Math.Sqrt(rank);
        double low = Math.Max(-Math.PI / 2, -width);
        double high = Math.Min(Math.PI / 2, width);
        return GaussKronrodRule.Integrate(Integrand, low, Math.Clamp(kink, low, high), out _, out _, 1e-10, 12)
            + GaussKronrodRule.Integrate(Integrand, Math.Clamp(kink, low, high), high, out _, out _, 1e-10, 12);
    }

    private static double Upper(double a, double x) => x <= 0 ? 1 : SpecialFunctions.GammaUpperRegularized(a, x);

    private static double Lower(double a, double x) => x <= 0 ? 0 : SpecialFunctions.GammaLowerRegularized(a, x);
}
