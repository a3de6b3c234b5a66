namespace LoraPrivacy.Reference.Numerics;

/// <summary>Safeguarded root finding.</summary>
public static class RootFinding
{
    /// <summary>A root of a function in a bracket, by Newton's method falling back on bisection.</summary>
    /// <typeparam name="T">The function's type.</typeparam>
    /// <param name="function">The function and its derivative (only as good as the speed one wants).</param>
    /// <param name="low">End of the bracket where the function is positive or zero.</param>
    /// <param name="high">End of the bracket where it is negative or zero.</param>
    /// <param name="start">First guess, inside the bracket.</param>
    /// <param name="relative">Stop when a step is below this, relative to the root …</param>
    /// <param name="absolute">… or below this.</param>
    /// <returns>The root.</returns>
    public static double Decreasing<T>(
        ref T function, double low, double high, double start, double relative, double absolute)
        where T : struct, IDifferentiable
    {
        double x = start;
        for (int i = 0; i < 200; i++)
        {
            ComputationLimit.ThrowIfReached();
            (double value, double slope) = function.At(x);
            if (value == 0)
            {
                return x;
            }

            if (value > 0)
            {
                low = x;
            }
            else
            {
                high = x;
            }

            double next = x - value / slope;
            if (!(next > Math.Min(low, high) && next < Math.Max(low, high)))
            {
                next = 0.5 * (low + high);
            }

            double step = Math.Abs(next - x);
            x = next;
            if (step <= relative * Math.Abs(x) || step <= absolute)
            {
                return x;
            }
        }

        return x;
    }
}

/// <summary>A function with its derivative.</summary>
public interface IDifferentiable
{
    /// <summary>Value and derivative at x.</summary>
    /// <param name="x">The point.</param>
    /// <returns>The pair.</returns>
    (double Value, double Slope) At(double x);
}
