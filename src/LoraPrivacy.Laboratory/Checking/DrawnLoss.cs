namespace LoraPrivacy.Laboratory.Checking;

/// <summary>
/// δ(ε) of T steps of DP-SGD from draws of their privacy loss, for the example added (S19): an estimate that knows the densities of one step and nothing of how
/// laws are composed.
/// </summary>
/// <remarks>
/// Losses beyond ε are rare, so they are drawn from the law tilted by e^{kL}: its density for one step, Q w^{k+1}/E_Q w^{k+1} with w = dP/dQ = 1 − q + q e^{(2z−1)/(2σ²)},
/// is a mixture of the normal laws N(j, σ²), j = 0, …, k + 1. Then δ(ε) is the mean of (1 − e^{ε−L})⁺ e^{TK − kL}, K = log E_Q w^{k+1}, which lies in [0, M], M the Rényi bound of
/// order k + 1, and Hoeffding's inequality in its form with the relative entropy (1963, theorem 1) bounds δ(ε) without any limit theorem.
/// </remarks>
internal sealed class DrawnLoss
{
    /// <summary>The probability with which δ(ε) is below the lower, or above the upper end of its interval, at most (each).</summary>
    public const double FalseAlarmRate = 1e-9;

    private const int LargestTilt = 64;

    private readonly double noise;
    private readonly double rate;
    private readonly int steps;
    private readonly int tilt;
    private readonly double[] weights;
    private double[] losses = [];

    /// <summary>The loss of a run, to be drawn where δ(ε) is about the given δ.</summary>
    public DrawnLoss(double noise, double rate, int steps, double delta)
    {
        (this.noise, this.rate, this.steps) = (noise, rate, steps);

        // The tilt whose Rényi bound gives the least ε at δ: there the bound M is nearest to what is estimated.
        tilt = Enumerable.Range(1, LargestTilt).MinBy(k => ((steps * Total(Weights(k))) + Peak(k) - Math.Log(delta)) / k);
        weights = Weights(tilt);
    }

    /// <summary>Draws losses; what was drawn before is dropped.</summary>
    public void Draw(int count, RandomSequence sequence)
    {
        double total = Total(weights);
        double[] cumulative = [.. weights.Select(weight => Math.Exp(weight - total))];
        for (int j = 1; j < cumulative.Length; j++)
        {
            cumulative[j] += cumulative[j - 1];
        }

        losses = new double[count];
        double[] uniform = new double[steps];
        double[] normal = new double[steps];
        for (int i = 0; i < count; i++)
        {
            sequence.FillUniform(uniform);
            sequence.FillNormal(normal);
            for (int t = 0; t < steps; t++)
            {
                int j = 0;
                while (j < tilt + 1 && uniform[t] > cumulative[j])
                {
                    j++;
                }

                double z = j + (noise * normal[t]);
                losses[i] += Math.Log(1 - rate + (rate * Math.Exp(((2 * z) - 1) / (2 * noise * noise))));
            }
        }
    }

    /// <summary>An interval about δ(ε), each end of which is wrong with probability <see cref="FalseAlarmRate"/> at most.</summary>
    public (double Lower, double Upper) DeltaInterval(double epsilon)
    {
        double largest = Math.Exp((steps * Total(weights)) + Peak(tilt) - (tilt * epsilon));
        double mean = losses.Average(loss => loss > epsilon
            ? Math.Exp(-Peak(tilt) - (tilt * (loss - epsilon))) * (1 - Math.Exp(epsilon - loss))
            : 0);
        double Bound(double outer)
        {
            double inner = mean;
            for (int i = 0; i < 60; i++)
            {
                double middle = 0.5 * (inner + outer);
                (inner, outer) = losses.Length * RelativeEntropy(mean, middle) < -Math.Log(FalseAlarmRate) ? (middle, outer) : (inner, middle);
            }

            return largest * outer;
        }

        return (Bound(0), Bound(1));
    }

    // log C(α, j)(1 − q)^{α−j} q^j e^{j(j−1)/(2σ²)} for α = k + 1: the masses of the normal laws, times E_Q w^α.
    private double[] Weights(int k)
    {
        int order = k + 1;
        double[] logs = new double[order + 1];
        double binomial = 0;
        for (int j = 0; j <= order; j++)
        {
            logs[j] = binomial + (j * Math.Log(rate)) + (j == order ? 0 : (order - j) * Math.Log(1 - rate)) + (j * (j - 1.0) / (2 * noise * noise));
            binomial += Math.Log((order - j) / (j + 1.0));
        }

        return logs;
    }

    // K.
    private static double Total(double[] logs)
    {
        double largest = logs.Max();
        return largest + Math.Log(logs.Sum(value => Math.Exp(value - largest)));
    }

    // The logarithm of the largest (1 − u)u^k, at u = k/(k + 1).
    private static double Peak(int k) => (k * Math.Log(k / (k + 1.0))) - Math.Log(k + 1);

    private static double RelativeEntropy(double x, double p)
        => (x == 0 ? 0 : x * Math.Log(x / p)) + (x == 1 ? 0 : (1 - x) * Math.Log((1 - x) / (1 - p)));
}
