namespace LoraPrivacy.Reference.Accounting;

/// <summary>
/// A law of losses on one side of a mechanism's curve, on grids whose spacing doubles with the distance from a centre, under a tilt (S32): at the loss
/// o + iΔ2^j the mass of band j at i is g, which stands for the mass g e^{κ − λiΔ2^j}. Laws of many steps are made by convolution, band by band, with every
/// entry and every change of grid rounded to the side of the bound, so that heavy tails and steps without number cost no more than others.
/// </summary>
[Statement("S32")]
internal sealed class MultiscaleLaw
{
    private const double Unit = OutwardRounding.Unit;
    private const double LargestExponent = 700;
    private const double FarExponent = 60;
    private const double LargestMerge = 300;
    private const int OffsetBits = 48;

    private readonly bool up;
    private readonly double tilt;
    private readonly int half;
    private double spacing;
    private double origin;
    private double exponent;
    private double exponentError;
    private double infinity;
    private List<MultiscaleBand> bands;

    private MultiscaleLaw(bool up, double tilt, int half, double spacing, List<MultiscaleBand> bands)
    {
        this.up = up;
        this.tilt = tilt;
        this.half = half;
        this.spacing = spacing;
        this.bands = bands;
    }

    /// <summary>The tilted mass in units of which the noise is to be small: δ(ε) over the scale of the masses at ε.</summary>
    public double Share(double epsilon, double delta) => Math.Exp(Math.Clamp(Math.Log(delta) - (exponent - tilt * (epsilon - origin)), -LargestExponent, 0));

    /// <summary>A coarse law from above, by which a composition is planned.</summary>
    public static (double[] Losses, double[] Masses, double InfinityMass) Rough(PrivacyPair pair, int half, double spacing, LossRange range)
    {
        double[] losses = Array.ConvertAll(Nodes(half, spacing, range), node => Math.ScaleB(node.Index * spacing, node.Band));
        (double[] masses, double infinity) = ConvexEnvelope.Masses(CurveNodes.Above(CurveSamples.Of(pair, losses, withMiddles: false)), up: true);
        return (losses, masses, infinity);
    }

    /// <summary>The laws of one step of a pair, from above and from below.</summary>
    /// <param name="pair">The pair.</param>
    /// <param name="tilt">λ ≥ 0.</param>
    /// <param name="half">A band has the indices [−half, half], the inner half of which belongs to finer bands.</param>
    /// <param name="spacing">Δ of the finest band, of at most 36 significant bits.</param>
    /// <param name="range">The losses that are to be covered.</param>
    public static (MultiscaleLaw Upper, MultiscaleLaw Lower) Of(PrivacyPair pair, double tilt, int half, double spacing, LossRange range)
    {
        (int Band, int Index)[] nodes = Nodes(half, spacing, range);
        double[] losses = Array.ConvertAll(nodes, node => Math.ScaleB(node.Index * spacing, node.Band));
        CurveSamples samples = CurveSamples.Of(pair, losses, withMiddles: true);
        return (From(CurveNodes.Above(samples), nodes, tilt, half, spacing, up: true), From(CurveNodes.Below(samples), nodes, tilt, half, spacing, up: false));
    }

    // All indices of the finest band, and of the others those of their outer half, as far as the range goes.
    private static (int Band, int Index)[] Nodes(int half, double spacing, LossRange range)
    {
        List<(int Band, int Index)> Side(double limit)
        {
            List<(int Band, int Index)> nodes = [];
            for (int band = 0; ; band++)
            {
                for (int i = band == 0 ? 1 : half / 2 + 1; i <= half; i++)
                {
                    nodes.Add((band, i));
                    if (Math.ScaleB(i * spacing, band) >= limit)
                    {
                        return nodes;
                    }
                }
            }
        }

        List<(int Band, int Index)> below = Side(-range.Lowest);
        below.Reverse();
        return [.. below.Select(node => (node.Band, -node.Index)), (0, 0), .. Side(range.Highest)];
    }

    private static MultiscaleLaw From(CurveNodes curve, (int Band, int Index)[] nodes, double tilt, int half, double spacing, bool up)
    {
        (double[] masses, double infinity) = ConvexEnvelope.Masses(curve, up);
        double[] losses = curve.Losses;
        double kappa = LogMoment(losses, masses, tilt);
        double[][] values = [.. Enumerable.Range(0, nodes.Max(node => node.Band) + 1).Select(_ => new double[2 * half + 1])];
        for (int j = 0; j < masses.Length; j++)
        {
            if (masses[j] > 0)
            {
                double product = tilt * losses[j];
                double shift = product - kappa;
                double value = shift < 690 ? masses[j] * Math.Exp(shift) : Math.Exp(Math.Log(masses[j]) + shift);
                double error = Unit * ((shift < 690 ? 1 : 800) + (Math.Abs(product) + Math.Abs(kappa)) / 4);
                values[nodes[j].Band][nodes[j].Index + half] = up ? value * (1 + error) + 1e-300 : Math.Max(0, value * (1 - error) - 1e-300);
            }
        }

        List<MultiscaleBand> bands = [.. values.Select(v => new MultiscaleBand(-half, v).Slice(-half, half + 1))];
        return new MultiscaleLaw(up, tilt, half, spacing, bands) { infinity = infinity, exponent = kappa };
    }

    /// <summary>log Σ p_i e^{λl_i}, roughly.</summary>
    public static double LogMoment(double[] losses, double[] masses, double tilt)
    {
        double largest = double.NegativeInfinity;
        for (int j = 0; j < masses.Length; j++)
        {
            largest = masses[j] > 0 ? Math.Max(largest, Math.Log(masses[j]) + tilt * losses[j]) : largest;
        }

        double sum = 0;
        for (int j = 0; j < masses.Length; j++)
        {
            sum += masses[j] > 0 ? Math.Exp(Math.Log(masses[j]) + tilt * losses[j] - largest) : 0;
        }

        return double.IsInfinity(largest) ? 0 : largest + Math.Log(sum);
    }

    /// <summary>The law of this one's steps and another's.</summary>
    /// <param name="other">The other, of the same side, tilt and first grid; itself for twice the steps.</param>
    /// <param name="budget">What is allowed for the change of grids and for noise.</param>
    public MultiscaleLaw Times(MultiscaleLaw other, MultiscaleBudget budget)
    {
        MultiscaleLaw fine = spacing <= other.spacing ? this : other;
        MultiscaleLaw coarse = ReferenceEquals(fine, this) ? other : this;
        if (fine.spacing < coarse.spacing)
        {
            // Its points are points of the finer grid.
            coarse = coarse.Copy(fine.spacing, [.. Enumerable.Repeat(MultiscaleBand.Empty, Math.ILogB(coarse.spacing / fine.spacing)), .. coarse.bands]);
        }

        MultiscaleLaw result = new(up, tilt, half, fine.spacing, fine.Product(coarse, budget.Noise))
        {
            infinity = Outward(fine.infinity + coarse.infinity - fine.infinity * coarse.infinity),
            origin = Outward(fine.origin + coarse.origin, Math.Abs(fine.origin) + Math.Abs(coarse.origin)),
            exponent = fine.exponent + coarse.exponent,
            exponentError = fine.exponentError + coarse.exponentError + Unit * Math.Abs(fine.exponent + coarse.exponent) / 8,
        };
        result.Recentre();
        result.Carry();
        if (!double.IsFinite(result.bands.Sum(band => band.Total)))
        {
            // Where a poor tilt overflows, nothing is known.
            return new MultiscaleLaw(up, tilt, half, spacing, [MultiscaleBand.Empty]) { infinity = up ? 1 : result.infinity };
        }

        result.Cut(budget);
        while (result.bands.Count > 1 || result.bands[0].Values.Length > half / 2)
        {
            MultiscaleLaw next = result.Coarsened(out double cost);
            if (!(cost <= budget.Regridding))
            {
                break;
            }

            result = next;
        }

        result.Normalise();
        return result;
    }

    /// <summary>The bound of δ(ε), for any finite ε.</summary>
    public double Delta(double epsilon)
    {
        double bound = Evaluate(epsilon);
        return double.IsNaN(bound) ? (up ? 1 : 0) : bound;
    }

    private double Evaluate(double epsilon)
    {
        // The offset is an exact number, on the side of the bound.
        double offset = epsilon - origin;
        offset += (up ? -1 : 1) * Unit * (Math.Abs(epsilon) + Math.Abs(origin)) / 8;
        double sum = 0;
        int count = 0;
        for (int j = 0; j < bands.Count; j++)
        {
            double step = Math.ScaleB(spacing, j);
            MultiscaleBand band = bands[j];
            count += band.Values.Length;
            int start = (int)Math.Clamp(Math.Floor(offset / step) - 1, band.First, band.End);
            for (int i = start; i < band.End; i++)
            {
                double mass = band.Values[i - band.First];
                double excess = i * step - offset;
                if (excess > 0 && mass > 0)
                {
                    double far = tilt * excess;
                    sum += far < FarExponent
                        ? mass * -ElementaryFunctions.ExpMinusOne(-excess) * Math.Exp(-far)
                        : up ? mass * 1e-26 : 0;
                }
            }
        }

        double scale = exponent - tilt * offset;
        double error = exponentError + Unit * (FarExponent + count / 8.0 + (Math.Abs(exponent) + Math.Abs(tilt * offset)) / 4);
        if (up)
        {
            double finite = scale + error + Math.Log(Math.Max(sum, double.Epsilon));
            return finite > 0 ? 1 : Math.Min(1, OutwardRounding.Up(infinity + Scaled(sum, scale + error)));
        }

        return Math.Clamp((infinity + Scaled(sum, scale - error)) * (1 - Unit), 0, 1);
    }

    private static double Scaled(double value, double scale)
        => Math.Abs(scale) < LargestExponent ? value * Math.Exp(scale) : value > 0 ? Math.Exp(Math.Log(value) + scale) : 0;

    // Band j of the product is what has a part in band j and none in a wider one. What the finer bands hold is one law on the grid of band j, off its points by a
    // fraction of Δ where an atom is there.
    private List<MultiscaleBand> Product(MultiscaleLaw other, double noise)
    {
        bool square = ReferenceEquals(this, other);
        int count = Math.Max(bands.Count, other.bands.Count);
        noise /= count;
        List<MultiscaleBand> result = [];
        (MultiscaleBand Band, double Offset) finer = (MultiscaleBand.Empty, 0);
        (MultiscaleBand Band, double Offset) finerOther = finer;
        for (int j = 0; j < count; j++)
        {
            ComputationLimit.ThrowIfReached();
            MultiscaleBand mine = j < bands.Count ? bands[j] : MultiscaleBand.Empty;
            MultiscaleBand its = square ? mine : j < other.bands.Count ? other.bands[j] : MultiscaleBand.Empty;
            double step = Math.ScaleB(spacing, j);
            MultiscaleBand Cross(MultiscaleBand band, (MultiscaleBand Band, double Offset) rest)
                => band.Times(rest.Band, up, noise).Shifted(rest.Offset, step, tilt, up);
            if (square)
            {
                result.Add(finer.Offset == 0
                    ? mine.Times(mine.Plus(finer.Band, up, 2), up, noise)
                    : mine.Times(mine, up, noise).Plus(Cross(mine, finer), up, 2));
                finer = Merge(finer, mine, step);
                continue;
            }

            result.Add(mine.Times(its, up, noise).Plus(Cross(mine, finerOther), up).Plus(Cross(its, finer), up));
            finer = Merge(finer, mine, step);
            finerOther = Merge(finerOther, its, step);
        }

        return result;
    }

    // The finer bands and the next, on the next coarser grid. A lower law keeps an atom, and what is within a point of it, in one point where it is.
    private (MultiscaleBand Band, double Offset) Merge((MultiscaleBand Band, double Offset) finer, MultiscaleBand next, double step)
    {
        MultiscaleBand moved = Onto(next, finer.Offset, step);
        MultiscaleBand all = finer.Band.Plus(moved, up);
        int heaviest = up || all.Values.Length == 0 || (1 + tilt) * step > LargestMerge ? -1 : Array.IndexOf(all.Values, all.Values.Max());
        if (heaviest < 0 || !(all.Values[heaviest] > 0.05 * all.Total))
        {
            return Framed(all.Coarsen(step, tilt, up, out _), 0.5 * finer.Offset, 2 * step);
        }

        // Masses before the tilt, in units of that at the atom.
        double[] rest = (double[])all.Values.Clone();
        double left = heaviest > 0 ? rest[heaviest - 1] * Math.Exp(tilt * step) : 0;
        double right = heaviest + 1 < rest.Length ? rest[heaviest + 1] * Math.Exp(-tilt * step) : 0;
        double mass = left + rest[heaviest] + right;
        double mean = (left * ElementaryFunctions.ExpMinusOne(step) + right * ElementaryFunctions.ExpMinusOne(-step)) / mass;
        double offset = Floor(-ElementaryFunctions.LogOnePlus(mean) / step - Unit * (16 + tilt * step));
        for (int i = Math.Max(0, heaviest - 1); i <= Math.Min(rest.Length - 1, heaviest + 1); i++)
        {
            rest[i] = 0;
        }

        int index = all.First + heaviest;
        MultiscaleBand coarse = new MultiscaleBand(all.First - (index & 1), rest).Coarsen(step, tilt, up, out _);
        MultiscaleBand atom = new(index >> 1, [mass * Math.Exp(tilt * offset * step) * (1 - Unit * (8 + tilt * step))]);
        coarse = Onto(coarse, 0.5 * offset, 2 * step).Plus(atom, up);
        return Framed(coarse, 0.5 * (finer.Offset + (index & 1) + offset), 2 * step);
    }

    // Offsets are multiples of 2^−48, so that sums of a few of them and their halves are exact. A law that is moved down to one keeps its tilted masses but for
    // a factor on the side of a lower bound.
    private (MultiscaleBand Band, double Offset) Framed(MultiscaleBand band, double offset, double step)
    {
        if (offset == 0)
        {
            return (band, 0);
        }

        double whole = Math.Floor(offset);
        double kept = 1 - Unit * (1 + 2 * tilt * step);
        return (new MultiscaleBand(band.First + (int)whole, Array.ConvertAll(band.Values, value => Math.Max(0, value * kept))), Floor(offset - whole));
    }

    private static double Floor(double offset) => Math.ScaleB(Math.Floor(Math.ScaleB(offset, OffsetBits)), -OffsetBits);

    // A law on the points iΔ, on the points (i + offset)Δ.
    private MultiscaleBand Onto(MultiscaleBand band, double offset, double step)
    {
        if (offset == 0 || band.Values.Length == 0)
        {
            return band;
        }

        double whole = Math.Floor(-offset);
        return band.Shifted(-offset - whole, step, tilt, up) is var shifted ? shifted with { First = shifted.First + (int)whole } : band;
    }

    private MultiscaleLaw Coarsened(out double cost)
    {
        List<MultiscaleBand> rest = [.. bands.Skip(1)];
        MultiscaleBand first = bands[0].Coarsen(spacing, tilt, up, out cost);
        rest = rest.Count == 0 ? [first] : [first.Plus(rest[0], up), .. rest.Skip(1)];
        return Copy(2 * spacing, rest);
    }

    private MultiscaleLaw Copy(double newSpacing, List<MultiscaleBand> newBands) => new(up, tilt, half, newSpacing, newBands)
    {
        infinity = infinity,
        origin = origin,
        exponent = exponent,
        exponentError = exponentError,
    };

    // Moves the centre to the mean under the tilt, by a multiple of the widest spacing: no mass changes its loss.
    private void Recentre()
    {
        (double total, double first) = (0, 0);
        for (int j = 0; j < bands.Count; j++)
        {
            double step = Math.ScaleB(spacing, j);
            for (int i = 0; i < bands[j].Values.Length; i++)
            {
                // What is less may be noise.
                double value = bands[j].Values[i] > 1e-13 ? bands[j].Values[i] : 0;
                total += value;
                first += value * (bands[j].First + i) * step;
            }
        }

        double widest = Math.ScaleB(spacing, bands.Count - 1);
        double shift = Math.Truncate(first / total / widest);
        if (!(Math.Abs(shift) >= 1) || Math.ScaleB(Math.Abs(shift), bands.Count) > 1 << 29)
        {
            return;
        }

        double moved = shift * widest;
        bands = [.. bands.Select((band, j) => new MultiscaleBand(band.First - ((int)shift << (bands.Count - 1 - j)), band.Values))];
        origin = Outward(origin + moved, Math.Abs(origin) + Math.Abs(moved));
        double product = tilt * moved;
        exponent -= product;
        exponentError += Unit * (Math.Abs(exponent) + Math.Abs(product)) / 4;
    }

    // What lies beyond a band's half goes to the next.
    private void Carry()
    {
        List<MultiscaleBand> result = [];
        MultiscaleBand carried = MultiscaleBand.Empty;
        for (int j = 0; j < bands.Count || carried.Values.Length > 0; j++)
        {
            MultiscaleBand band = (j < bands.Count ? bands[j] : MultiscaleBand.Empty).Plus(carried, up);
            result.Add(band.Slice(-half, half + 1));
            double step = Math.ScaleB(spacing, j);
            carried = band.Slice(int.MinValue / 2, -half).Coarsen(step, tilt, up, out _)
                .Plus(band.Slice(half + 1, int.MaxValue / 2).Coarsen(step, tilt, up, out _), up);
        }

        bands = result;
    }

    // Negligible mass of the widest bands goes to infinity, or from below up to the next band (or is dropped, for a lower bound).
    private void Cut(MultiscaleBudget budget)
    {
        while (bands.Count > 1)
        {
            MultiscaleBand top = bands[^1];
            double step = Math.ScaleB(spacing, bands.Count - 1);

            // The lowest point of the next band is that at −half/2 of this one.
            (double above, double below) = (0, 0);
            for (int i = 0; i < top.Values.Length; i++)
            {
                int index = top.First + i;
                double value = top.Values[i];
                if (value > 0 && index > -half / 2)
                {
                    above += Math.Exp(Math.Min(LargestExponent, Math.Log(value) + exponent - tilt * index * step));
                }
                else if (value > 0)
                {
                    below += up ? Math.Exp(Math.Min(LargestExponent, Math.Log(value) - tilt * (index + half / 2) * step)) : value;
                }
            }

            if (!(above <= budget.Cut && below <= budget.Noise))
            {
                return;
            }

            bands.RemoveAt(bands.Count - 1);
            if (up)
            {
                double error = exponentError + Unit * (8 + top.Values.Length + Math.Abs(exponent) + tilt * half * step);
                infinity = above > 0 ? Math.Min(1, OutwardRounding.Up(infinity + above * (1 + 2 * error))) : infinity;
                bands[^1] = below > 0 ? bands[^1].Plus(new MultiscaleBand(-half, [below * (1 + 2 * error)]), up) : bands[^1];
            }
        }
    }

    // Total mass near 1, by a power of two.
    private void Normalise()
    {
        double total = bands.Sum(band => band.Total);
        if (total is >= 0.25 and <= 4 || !(total > 0) || !double.IsFinite(total))
        {
            return;
        }

        int power = Math.ILogB(total);
        bands = [.. bands.Select(band => new MultiscaleBand(band.First, Array.ConvertAll(band.Values, value => Math.ScaleB(value, -power))))];
        exponent += power * Math.Log(2);
        exponentError += Unit * (Math.Abs(exponent) + Math.Abs(power)) / 4;
    }

    private double Outward(double value) => value == 0 ? 0 : up ? Math.Min(1, OutwardRounding.Up(value) + double.Epsilon) : Math.Max(0, value * (1 - Unit));

    private double Outward(double value, double magnitude) => value + (up ? 1 : -1) * Unit * magnitude / 4;
}

/// <summary>What one convolution may cost, when it is done in as many copies as the plan has of its result.</summary>
/// <param name="Regridding">How far a change of grid may move ε, in a copy.</param>
/// <param name="Noise">How much of the tilted mass may be noise.</param>
/// <param name="Cut">How much mass may go to infinity, or be dropped.</param>
internal readonly record struct MultiscaleBudget(double Regridding, double Noise, double Cut);
