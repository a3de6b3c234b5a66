using LoraPrivacy.Reference.Gradients;
using LoraPrivacy.Reference.Releases.Product;

namespace LoraPrivacy.Spec.Tests;

/// <summary>The numbers printed in the specification are those that the reference computes.</summary>
public class SpecTableTests
{
    private static readonly double Angle = Math.Asin(0.01);

    [Fact]
    [Trait("Statement", "S12")]
    [Trait("Statement", "S15")]
    public void The_table_of_S15_is_right_to_its_last_digit()
    {
        string[][] rows = Rows("| r | total noise (m+1)/r |");
        Assert.Equal(13, rows.Length);
        foreach (string[] cells in rows)
        {
            int rank = int.Parse(cells[0], CultureInfo.InvariantCulture);
            ProductRelease release = new(rank, 768);
            VectorPair pair = new(1, Angle);
            AssertPrinted(cells[1], GradientMoments.TotalNoise(1, 768, rank));
            AssertPrinted(cells[2], ProductRelease.DeltaFloor(rank, Angle));
            AssertPrinted(cells[3], release.Epsilon(pair, 1e-5));
        }
    }

    [Fact]
    [Trait("Statement", "S15")]
    public void The_best_ranks_of_S15_are_best_and_their_epsilons_right()
    {
        string[][] rows = Rows("| m | 64 |");
        string[] dimensions = ["64", "256", "768", "1024", "4096"];
        for (int i = 0; i < dimensions.Length; i++)
        {
            int dimension = int.Parse(dimensions[i], CultureInfo.InvariantCulture);
            int rank = int.Parse(rows[0][i + 1], CultureInfo.InvariantCulture);
            double[] around = [.. Enumerable.Range(rank - 1, 3).Select(r => new ProductRelease(r, dimension).Epsilon(new VectorPair(1, Angle), 1e-5))];
            Assert.Equal(around.Min(), around[1]);
            AssertPrinted(rows[1][i + 1], around[1]);
        }
    }

    private static string[][] Rows(string heading) => [.. File
        .ReadLines(Repository.File("spec", "product-release.md"))
        .SkipWhile(line => !line.StartsWith(heading, StringComparison.Ordinal))
        .TakeWhile(line => line.StartsWith('|'))
        .Skip(2)
        .Select(line => line.Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];

    /// <summary>The printed number is within half a unit of its last digit, or the bound after a less-than sign holds.</summary>
    private static void AssertPrinted(string printed, double exact)
    {
        string text = printed.Replace('−', '-');
        if (text == "∞")
        {
            Assert.Equal(double.PositiveInfinity, exact);
        }
        else if (text.StartsWith('<'))
        {
            Assert.InRange(exact, 0, double.Parse(text[1..], CultureInfo.InvariantCulture));
        }
        else
        {
            decimal value = decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
            string mantissa = text.Split('e')[0];
            int exponent = text.Contains('e', StringComparison.Ordinal) ? int.Parse(text.Split('e')[1], CultureInfo.InvariantCulture) : 0;
            int decimals = mantissa.Contains('.', StringComparison.Ordinal) ? mantissa.Length - mantissa.IndexOf('.', StringComparison.Ordinal) - 1 : 0;
            double unit = Math.Pow(10, exponent - decimals);
            Assert.InRange(exact, (double)value - (0.5000001 * unit), (double)value + (0.5000001 * unit));
        }
    }
}
