namespace LoraPrivacy.CommandLine.Plots;

/// <summary>An axis with its ends and its ticks: the range that is useful for what is shown, and round values in it.</summary>
/// <param name="IsLogarithmic">Whether equal distances are equal ratios.</param>
/// <param name="Low">Its lower end.</param>
/// <param name="High">Its upper end.</param>
/// <param name="Ticks">The labelled values, in order.</param>
internal sealed record AxisScale(bool IsLogarithmic, double Low, double High, IReadOnlyList<Tick> Ticks)
{
    private const int MostTicks = 8;
    private static readonly int[] Few = [1, 2, 5];
    private static readonly int[] Round = [1, 2, 5, 10, 20, 50, 100];

    /// <summary>The small ticks between the powers of ten.</summary>
    public IEnumerable<double> SmallTicks => !IsLogarithmic || High / Low > 1e6 ? [] : Multiples(Low, High, [2, 3, 4, 5, 6, 7, 8, 9]);

    /// <summary>Fits an axis to values.</summary>
    /// <param name="axis">What is known of it.</param>
    /// <param name="values">What it is to show; what cannot be shown on it is passed over.</param>
    /// <param name="room">The part of its length that stays free at an end that is fitted.</param>
    public static AxisScale Fit(Axis axis, IEnumerable<double> values, double room)
    {
        bool isLog = axis.IsLogarithmic;
        double[] shown = [.. values.Where(value => double.IsFinite(value) && (!isLog || value > 0))];
        double low = axis.Least ?? (shown.Length > 0 ? shown.Min() : isLog ? 0.1 : 0);
        double high = axis.Greatest ?? (shown.Length > 0 ? shown.Max() : isLog ? 10 : 1);
        if (!(low < high))
        {
            // A single value stands in the middle.
            (low, high) = isLog ? (low / 3, low * 3) : (low - Math.Max(1, Math.Abs(low) / 2), low + Math.Max(1, Math.Abs(low) / 2));
        }

        double length = isLog ? Math.Log10(high / low) : high - low;
        double Moved(double end, double by) => isLog ? end * Math.Pow(10, by) : end + by;
        low = axis.Least ?? Moved(low, -room * length);
        high = axis.Greatest ?? Moved(high, Math.Min(room, 0.04) * length);
        double[] chosen = [.. axis.Ticks?.Where(value => value >= low && value <= high) ?? (isLog ? Decades(low, high) : Steps(low, high))];

        // Powers on all ticks of an axis, or on none.
        double largest = chosen.Select(Math.Abs).DefaultIfEmpty().Max();
        bool hasPowers = axis.Ticks is null && (isLog ? chosen.Any(value => value is < 1e-3 or > 1e4) : largest is < 1e-4 or >= 1e7);
        return new AxisScale(isLog, low, high, [.. chosen.Select(value => Tick.Of(value, hasPowers))]);
    }

    /// <summary>Where a value stands, from 0 at the lower end to 1 at the upper.</summary>
    public double Place(double value) => IsLogarithmic ? Math.Log(value / Low) / Math.Log(High / Low) : (value - Low) / (High - Low);

    private static IEnumerable<double> Steps(double low, double high)
    {
        double raw = (high - low) / MostTicks;
        double unit = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        double step = unit * Round.First(factor => factor * unit >= raw * (1 - 1e-9));
        for (double k = Math.Ceiling((low / step) - 1e-9); k * step <= high + (step * 1e-9); k++)
        {
            yield return double.Parse((k * step).ToString("G12", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) + 0.0;
        }
    }

    private static IEnumerable<double> Decades(double low, double high)
    {
        double[] powers = [.. Multiples(low, high, [1])];
        int every = Round.First(step => step * MostTicks >= powers.Length);

        // Within one or two decades their ends are too few, and within a part of one so are their multiples.
        return powers.Length > 2 ? powers.Where(power => Math.Round(Math.Log10(power)) % every == 0)
            : high / low > 5 ? Multiples(low, high, Few) : Steps(low, high);
    }

    private static IEnumerable<double> Multiples(double low, double high, int[] factors)
        => from power in Enumerable.Range((int)Math.Floor(Math.Log10(low)), (int)Math.Ceiling(Math.Log10(high / low)) + 2)
           from factor in factors
           let value = double.Parse($"{factor}e{power}", CultureInfo.InvariantCulture)
           where value >= low * (1 - 1e-12) && value <= high * (1 + 1e-12)
           select value;
}

/// <summary>A labelled value.</summary>
/// <param name="Value">The value.</param>
/// <param name="Text">Its label, or the part of it up to a power's exponent.</param>
/// <param name="Exponent">The exponent, or nothing.</param>
internal sealed record Tick(double Value, string Text, string Exponent)
{
    /// <summary>Labels a value, as a plain number or with a power of ten.</summary>
    public static Tick Of(double value, bool isPower)
    {
        if (!isPower || Math.Abs(value) is 0 or 1)
        {
            return new Tick(value, Sign(value.ToString("0.############", CultureInfo.InvariantCulture)), string.Empty);
        }

        string[] parts = value.ToString("0.############e0", CultureInfo.InvariantCulture).Split('e');
        return new Tick(value, parts[0] switch { "1" => "10", "-1" => "−10", string factor => Sign(factor) + "·10" }, Sign(parts[1]));
    }

    private static string Sign(string number) => number.Replace('-', '−');
}
