namespace LoraPrivacy.Reference.Accounting;

/// <summary>
/// A law below another one, on fewer nodes: what is on the two sides of a node is merged in it where the mean of e^{−loss} stays, which costs the square of the
/// spacing, and only what finds no partner is moved down (S32, item 3). Masses are tilted, so that each move carries its factor.
/// </summary>
[Statement("S32")]
internal static class MeanPreservingMerge
{
    private const double Unit = OutwardRounding.Unit;
    private const double LargestExponent = 600;

    // So much of what lies beyond its neighbour a node may take, so that there is some left for the next one.
    private const double MostTaken = 0.5;

    /// <summary>The masses at the nodes; of each node what is at it, and what lies between it and the next.</summary>
    /// <param name="at">The masses at the nodes; used up.</param>
    /// <param name="between">The masses between them, as many; used up.</param>
    /// <param name="gap">The spacing of the nodes.</param>
    /// <param name="above">How far above its lower node a mass between two is, in (0, <paramref name="gap"/>).</param>
    /// <param name="tilt">λ.</param>
    public static double[] Below(double[] at, double[] between, double gap, double above, double tilt)
    {
        double slack = Unit * (4 + 2 * tilt * gap);
        double below = gap - above;
        double share = below / gap;

        // A cut exponent drops mass, which is allowed.
        double rise = Math.Exp(Math.Min(LargestExponent, tilt * below));
        double riseNode = Math.Exp(Math.Min(LargestExponent, tilt * gap));
        double fall = Math.Exp(-tilt * above);
        double fallNode = Math.Exp(-tilt * gap);
        double fallNext = Math.Exp(-tilt * (gap + above));

        // By how much a mass moves the mean, in units in which nothing overflows.
        double leftWeight = -ElementaryFunctions.ExpMinusOne(-below) * (1 + slack);
        double rightWeight = -ElementaryFunctions.ExpMinusOne(-above) * Math.Exp(-below);
        double nodeWeight = -ElementaryFunctions.ExpMinusOne(-gap) * Math.Exp(-below);
        double nextWeight = -ElementaryFunctions.ExpMinusOne(-(gap + above)) * Math.Exp(-below);
        double partner = -ElementaryFunctions.ExpMinusOne(-above) * Math.Exp(-gap) / -ElementaryFunctions.ExpMinusOne(-gap);
        double[] result = new double[at.Length];
        double left = 0;
        for (int k = 0; k < at.Length; k++)
        {
            double raised = left * rise;
            double lowered = between[k] * fall;
            double missing = raised * leftWeight;
            double merged = 0;

            // The part of a mass of some weight that is still missing, up to a limit.
            double Taken(double mass, double weight, double most)
            {
                double part = missing <= 0 || !(mass * weight > 0) ? 0 : Math.Min(most, missing / (mass * weight));
                missing -= part * mass * weight * (1 - Unit);
                merged += part * mass;
                return part;
            }

            double used = Taken(lowered, rightWeight, share);
            if (missing > 0 && k + 1 < at.Length)
            {
                at[k + 1] *= 1 - Taken(at[k + 1] * fallNode, nodeWeight, MostTaken);
                between[k + 1] *= 1 - Taken(between[k + 1] * fallNext, nextWeight, MostTaken);
            }

            used += Taken(lowered, rightWeight, 1 - used);
            double kept = 1;
            if (missing > 0)
            {
                kept = Math.Max(0, 1 - missing / (raised * leftWeight) * (1 + Unit));
                double back = left * (1 - kept) * fall * (1 - slack);
                if (k > 1 && result[k - 2] * riseNode > 0)
                {
                    // What goes back has partners among what is merged further below.
                    double part = Math.Min(MostTaken, back * partner / (result[k - 2] * riseNode)) * (1 - slack);
                    back += part * result[k - 2] * riseNode;
                    result[k - 2] *= 1 - part;
                }

                result[k - 1] += back * (1 - slack);
            }

            result[k] = (at[k] + merged + raised * kept) * (1 - slack);
            left = between[k] * Math.Max(0, 1 - used);
        }

        return result;
    }
}
