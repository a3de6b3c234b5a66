using System.Globalization;
using ScottPlot;

namespace LoraPrivacy.Oracle.Plots;

/// <summary>
/// Ticks for an axis that holds decimal logarithms: a label at the powers of ten, or at 1, 2 and 5 times them where few powers fit,
/// and small ticks at the other multiples.
/// </summary>
internal sealed class LogarithmicTicks : ITickGenerator
{
    private const int MostPowers = 9;

    public Tick[] Ticks { get; set; } = [];

    public int MaxTickCount { get; set; } = 100;

    public void Regenerate(CoordinateRange range, Edge edge, PixelLength size, Paint paint, LabelStyle labelStyle)
    {
        int low = (int)Math.Floor(range.Min);
        int high = (int)Math.Ceiling(range.Max);
        int step = Math.Max(1, (high - low + MostPowers - 1) / MostPowers);
        bool showsMultiples = range.Max - range.Min < 3;
        List<Tick> ticks = [];
        for (int power = low; power <= high; power++)
        {
            for (int multiple = 1; multiple <= 9; multiple++)
            {
                double position = power + Math.Log10(multiple);
                bool isLabelled = multiple == 1 ? power % step == 0 : showsMultiples && multiple is 2 or 5;
                if (position < range.Min || position > range.Max || (multiple > 1 && step > 1))
                {
                    continue;
                }

                ticks.Add(isLabelled ? Tick.Major(position, Label(multiple, power)) : Tick.Minor(position));
            }
        }

        Ticks = [.. ticks];
    }

    private static string Label(int multiple, int power) => power is >= -3 and <= 4
        ? (multiple * Math.Pow(10, power)).ToString("0.#####", CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{multiple}e{power}");
}
