namespace LoraPrivacy.Reference.Accounting;

/// <summary>
/// The privacy of many steps by Rényi divergences: they add up, chosen adaptively or not, and every order gives an (ε, δ) (Mironov 2017; S19, item 4). Upper
/// bounds only, valid for every order tried, and looser than the brackets of <see cref="PrivacyAccountant"/>.
/// </summary>
/// <remarks>Every result is rounded towards less private. Immutable and safe for concurrent use.</remarks>
[Statement("S19")]
public sealed class RenyiAccountant
{
    private static readonly double[] StandardOrders =
    [
        1.01, 1.02, 1.05, 1.1, 1.15, 1.2, 1.25, 1.3, 1.4, 1.5, 1.6, 1.7, 1.8, 1.9,
        .. Enumerable.Range(8, 56).Select(i => 0.25 * i),
        .. Enumerable.Range(16, 49).Select(i => (double)i),
        .. Enumerable.Range(1, 48).Select(i => Math.Round(64 * Math.Pow(2, i / 8.0))),
    ];

    private readonly (RenyiCurve Curve, long Count)[] steps;
    private readonly double[] orders;

    /// <summary>The accountant of some steps at the standard orders, from 1.01 to 4096.</summary>
    /// <param name="steps">Curves and how often each occurs, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number of steps is negative.</exception>
    public RenyiAccountant(params (RenyiCurve Curve, long Count)[] steps)
        : this(StandardOrders, steps)
    {
    }

    /// <summary>The accountant of some steps at chosen orders.</summary>
    /// <param name="orders">The orders α to try, each greater than 1 and finite; at least one.</param>
    /// <param name="steps">Curves and how often each occurs, at least 0.</param>
    /// <exception cref="ArgumentException">There is no order, or an argument is outside its range.</exception>
    public RenyiAccountant(IReadOnlyList<double> orders, params (RenyiCurve Curve, long Count)[] steps)
    {
        ArgumentNullException.ThrowIfNull(orders);
        ArgumentNullException.ThrowIfNull(steps);
        Argument.Size(orders.Count, "orders.Count");
        foreach (double order in orders)
        {
            if (!(order > 1 && double.IsFinite(order)))
            {
                throw Argument.OutOfRange(nameof(orders), order, "finite numbers above 1");
            }
        }

        foreach ((RenyiCurve curve, long count) in steps)
        {
            ArgumentNullException.ThrowIfNull(curve, nameof(steps));
            Argument.NonNegative(count, nameof(steps));
        }

        this.orders = [.. orders];
        this.steps = [.. steps.Where(step => step.Count > 0)];
    }

    /// <summary>D_α of all steps, rounded up.</summary>
    /// <param name="order">α, greater than 1 and finite.</param>
    /// <returns>The sum of the steps' bounds; +∞ where one has none.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The order is outside its range.</exception>
    public double Divergence(double order)
    {
        double sum = 0;
        foreach ((RenyiCurve curve, long count) in steps)
        {
            double each = curve.Divergence(order);
            sum += each == 0 ? 0 : OutwardRounding.Up(each * count);
        }

        return sum == 0 ? 0 : OutwardRounding.Up(sum, steps.Length * sum);
    }

    /// <summary>An ε for which all steps are (ε, δ)-private in both directions, the best of the orders.</summary>
    /// <param name="delta">δ, in (0, 1).</param>
    /// <returns>ε ≥ 0 and the order that gives it; +∞ where no order does.</returns>
    /// <exception cref="ArgumentOutOfRangeException">δ is not in (0, 1).</exception>
    public (double Upper, double Order) Epsilon(double delta)
    {
        double logDelta = Math.Log(Argument.Probability(delta));
        (double value, double order) = Best(order => RenyiConversion.Epsilon(order, Divergence(order), logDelta));
        return (steps.Length == 0 ? 0 : Math.Max(0, value), order);
    }

    /// <summary>A δ for which all steps are (ε, δ)-private in both directions, the best of the orders.</summary>
    /// <param name="epsilon">ε ≥ 0, finite.</param>
    /// <returns>δ in [0, 1] and the order that gives it; never 0 but for no steps.</returns>
    /// <exception cref="ArgumentOutOfRangeException">ε is negative or not finite.</exception>
    public (double Upper, double Order) Delta(double epsilon)
    {
        Argument.NonNegative(epsilon);
        (double value, double order) = Best(order => RenyiConversion.LogDelta(order, (order - 1) * Divergence(order), epsilon));
        return (steps.Length == 0 ? 0 : Math.Min(1, OutwardRounding.Up(Math.Exp(Math.Min(0, value)))), order);
    }

    private (double Value, double Order) Best(Func<double, double> bound)
    {
        (double value, double best) = (double.PositiveInfinity, orders[0]);
        foreach (double order in orders)
        {
            double candidate = bound(order);
            if (candidate < value)
            {
                (value, best) = (candidate, order);
            }
        }

        return (value, best);
    }
}
