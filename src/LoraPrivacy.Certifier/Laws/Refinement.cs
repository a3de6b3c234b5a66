namespace LoraPrivacy.Certifier.Laws;

/// <summary>Repeats a computation with more bits until its result is as narrow as is asked.</summary>
internal static class Refinement
{
    /// <summary>The relative accuracy of printed results in bits, well beyond the digits that are printed.</summary>
    public const int Printed = 92;

    private const int MostBits = 1 << 15;
    private const int Guard = 48;
    private const int Rough = 16;

    /// <summary>A result of a relative accuracy.</summary>
    /// <param name="compute">The computation. It is told an exponent: absolute errors of 2^−tolerance are small enough.</param>
    /// <param name="accuracy">The bits that have to be right.</param>
    /// <param name="first">The tolerance to begin with, where one is known.</param>
    /// <exception cref="ArithmeticException">No precision that is tried is enough.</exception>
    public static Ball Of(Func<int, Ball> compute, int accuracy = Printed, int first = 0)
    {
        int tolerance = Math.Max(first, accuracy + Guard / 2);
        while (tolerance <= MostBits)
        {
            using WorkingPrecision precision = WorkingPrecision.Of(tolerance + Guard);
            Ball result = compute(tolerance);
            if (result.IsFinite && (result.IsExact || result.AccurateBits >= accuracy))
            {
                return result;
            }

            tolerance = Math.Max(2 * tolerance, Needed(result, accuracy));
        }

        throw new ArithmeticException($"no enclosure to {accuracy} bits was found with {MostBits} bits");
    }

    /// <summary>An integral to a relative accuracy: roughly first, because its size says which absolute errors matter.</summary>
    /// <param name="compute">The computation, of the relative accuracy in bits at which it may stop, and of a tolerance as above.</param>
    /// <param name="accuracy">The bits that have to be right.</param>
    /// <exception cref="ArithmeticException">No precision that is tried is enough.</exception>
    public static Ball OfIntegral(Func<int, int, Ball> compute, int accuracy = Printed)
    {
        for (int tolerance = Guard; tolerance <= MostBits; tolerance *= 2)
        {
            double size;
            using (WorkingPrecision.Of(tolerance + Guard))
            {
                Ball rough = compute(Rough, tolerance);
                if (!rough.IsFinite || (!rough.IsExact && rough.AccurateBits < Rough / 2))
                {
                    continue;
                }

                if (rough.IsExact)
                {
                    return rough;
                }

                size = Math.Max(0, -BigLog(rough));
            }

            return Of(needed => compute(accuracy, needed), accuracy, accuracy + (int)size + Guard / 2);
        }

        throw new ArithmeticException($"no enclosure was found with {MostBits} bits");
    }

    // log₂ of a positive number, also where that is below the doubles.
    private static double BigLog(Ball x) => x.Abs().Log().Approximate() / Math.Log(2);

    // A result that is known to be small says how small an absolute error has to be.
    private static int Needed(Ball result, int accuracy)
    {
        if (!result.IsFinite)
        {
            return 0;
        }

        double size = Math.Abs(result.Upper().Approximate());
        return size > 0 && size < 1 ? accuracy + Guard + (int)-Math.Log2(size) : 0;
    }
}
