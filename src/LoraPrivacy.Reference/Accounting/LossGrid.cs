namespace LoraPrivacy.Reference.Accounting;

/// <summary>The losses iΔ, i an integer, on which a discrete privacy loss distribution lives (S27).</summary>
internal readonly struct LossGrid
{
    private const int SignificantBits = 12;

    /// <param name="spacing">Δ, positive and finite; it is rounded down to 12 significant bits, so that iΔ is exact.</param>
    public LossGrid(double spacing)
    {
        int exponent = Math.ILogB(Argument.Positive(spacing)) - SignificantBits + 1;
        Spacing = Math.ScaleB(Math.Floor(Math.ScaleB(spacing, -exponent)), exponent);
    }

    /// <summary>Δ.</summary>
    public double Spacing { get; }

    /// <summary>The loss iΔ, exactly, for |i| &lt; 2^40.</summary>
    public double Loss(double index) => index * Spacing;

    /// <summary>e^{jΔ} − 1, to a few units in the last place.</summary>
    public double Growth(double cells) => ElementaryFunctions.ExpMinusOne(cells * Spacing);
}
