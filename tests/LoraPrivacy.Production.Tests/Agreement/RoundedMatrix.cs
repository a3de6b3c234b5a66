namespace LoraPrivacy.Production.Tests.Agreement;

/// <summary>
/// What exact arithmetic gives for a matrix, and how far from it, element by element, floating-point arithmetic of unit roundoff u can end
/// (Higham, Accuracy and Stability of Numerical Algorithms, chapters 2 and 3). A sum of k products is within γ_k = k u/(1 − k u) times the
/// sum of their magnitudes, in whatever order it is added, fused or not; an operation on inexact operands adds what their errors make of
/// it. The arithmetic here is in doubles, whose own rounding is negligible for float32 and is covered by the factor 2 of
/// <see cref="Unit"/> for float64. In bfloat16 libtorch adds a product's terms in float32 and rounds the sum once.
/// </summary>
internal sealed record RoundedMatrix(double[,] Value, double[,] Error, double Unit)
{
    /// <summary>2⁻²⁴, of float32.</summary>
    public const double Single = 1.0 / (1 << 24);

    /// <summary>Twice 2⁻⁵³: float64 against a reference in float64.</summary>
    public const double Double = 1.0 / (1L << 52);

    public int Rows => Value.GetLength(0);

    public int Columns => Value.GetLength(1);

    /// <summary>A matrix that the arithmetic holds exactly.</summary>
    public static RoundedMatrix Exact(double[,] value, double unit)
        => new(value, new double[value.GetLength(0), value.GetLength(1)], unit);

    /// <summary>γ_k.</summary>
    public double Gamma(int count) => count * Unit / (1 - (count * Unit));

    public RoundedMatrix Transposed() => Map(Columns, Rows, (i, j) => (Value[j, i], Error[j, i]));

    /// <summary>this + X Y, the sum of its terms and the element itself in any order.</summary>
    public RoundedMatrix PlusProduct(RoundedMatrix left, RoundedMatrix right) => Map(Rows, Columns, (i, j) =>
    {
        double value = Value[i, j], error = Error[i, j], size = Math.Abs(Value[i, j]) + Error[i, j];
        for (int k = 0; k < left.Columns; k++)
        {
            (double x, double dx, double y, double dy) = (Math.Abs(left.Value[i, k]), left.Error[i, k], Math.Abs(right.Value[k, j]), right.Error[k, j]);
            value += left.Value[i, k] * right.Value[k, j];
            error += (x * dy) + (dx * y) + (dx * dy);
            size += (x + dx) * (y + dy);
        }

        double rounding = Unit > Single
            ? ((left.Columns + 1) * 1.01 * Single * size) + (Unit * (Math.Abs(value) + error))
            : Gamma(left.Columns + 1) * size;
        return (value, error + (rounding * (1 + Unit)));
    });

    /// <summary>X Y.</summary>
    public static RoundedMatrix Product(RoundedMatrix left, RoundedMatrix right)
        => Exact(new double[left.Rows, right.Columns], left.Unit).PlusProduct(left, right);

    /// <summary>c X, with c rounded first: two roundings.</summary>
    public RoundedMatrix Times(double factor) => Map(Rows, Columns, (i, j) => (
        factor * Value[i, j],
        Math.Abs(factor) * (Error[i, j] + (Gamma(2) * (Math.Abs(Value[i, j]) + Error[i, j])))));

    /// <summary>Element by element, from the value and its error.</summary>
    public RoundedMatrix Elementwise(Func<double, double, (double Value, double Error)> function)
        => Map(Rows, Columns, (i, j) => function(Value[i, j], Error[i, j]));

    /// <summary>Element by element with another matrix of the shape.</summary>
    public RoundedMatrix Elementwise(RoundedMatrix other, Func<(double Value, double Error), (double Value, double Error), (double, double)> function)
        => Map(Rows, Columns, (i, j) => function((Value[i, j], Error[i, j]), (other.Value[i, j], other.Error[i, j])));

    /// <summary>The largest ratio of |actual − expected| to the bound; above 1 the bound is broken. An error where none may be is ∞.</summary>
    public double Excess(double[,] expected, double[,] actual)
    {
        double worst = 0;
        for (int i = 0; i < Rows; i++)
        {
            for (int j = 0; j < Columns; j++)
            {
                double difference = Math.Abs(actual[i, j] - expected[i, j]);
                worst = Math.Max(worst, difference == 0 ? 0 : difference / Error[i, j]);
            }
        }

        return worst;
    }

    private RoundedMatrix Map(int rows, int columns, Func<int, int, (double Value, double Error)> element)
    {
        double[,] value = new double[rows, columns], error = new double[rows, columns];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                (value[i, j], error[i, j]) = element(i, j);
            }
        }

        return new RoundedMatrix(value, error, Unit);
    }
}
