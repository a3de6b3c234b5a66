using System.Numerics;

namespace LoraPrivacy.Certifier.Interop;

/// <summary>Balls as enclosures: decimal ends, rounded outwards.</summary>
internal static class BallEnclosure
{
    extension(Enclosure)
    {
        public static Enclosure Of(Ball ball)
        {
            (ExactNumber lower, ExactNumber upper) = Ends(ball);
            return lower == upper ? Enclosure.Of(lower) : Enclosure.Outwards(lower, upper);
        }

        /// <summary>A lower bound with few digits, and the upper end of the ball, for results of which only a bound is compared.</summary>
        public static Enclosure BoundedBelow(Ball ball, int digits)
        {
            (ExactNumber lower, ExactNumber upper) = Ends(ball);
            return Enclosure.Outwards(lower, upper, digits);
        }
    }

    private static (ExactNumber Lower, ExactNumber Upper) Ends(Ball ball)
    {
        if (!ball.IsFinite)
        {
            throw new ArithmeticException("a ball that is not finite encloses no result");
        }

        (BigInteger low, BigInteger high, int exponent) = ball.Interval();
        return (ExactNumber.OfPowerOfTwo(low, exponent), ExactNumber.OfPowerOfTwo(high, exponent));
    }
}
