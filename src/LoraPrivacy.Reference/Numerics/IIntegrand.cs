namespace LoraPrivacy.Reference.Numerics;

/// <summary>A function of one variable, as a value type so that quadrature inlines it and allocates nothing.</summary>
public interface IIntegrand
{
    /// <summary>The value at x; finite.</summary>
    /// <param name="x">The point.</param>
    /// <returns>The value there.</returns>
    double At(double x);

    /// <summary>An upper bound of the integral of |f| over [low, high], or +∞ if none is known.</summary>
    /// <param name="low">Lower end.</param>
    /// <param name="high">Upper end.</param>
    /// <returns>The bound, used to skip panels that cannot matter.</returns>
    double Bound(double low, double high);
}
