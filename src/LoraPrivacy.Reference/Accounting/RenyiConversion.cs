namespace LoraPrivacy.Reference.Accounting;

/// <summary>(ε, δ) from a Rényi divergence, the tightest known formula at one order (S19, item 4; Canonne, Kamath and Steinke 2020), rounded up.</summary>
internal static class RenyiConversion
{
    /// <summary>ε = D_α + log((α − 1)/α) − (log δ + log α)/(α − 1).</summary>
    /// <param name="order">α &gt; 1.</param>
    /// <param name="divergence">D_α ≥ 0 of all steps.</param>
    /// <param name="logDelta">log δ &lt; 0.</param>
    public static double Epsilon(double order, double divergence, double logDelta)
    {
        double shrinkage = ElementaryFunctions.LogOnePlus(-1 / order);
        double logOrder = Math.Log(order);
        double value = divergence + shrinkage - (logDelta + logOrder) / (order - 1);
        return OutwardRounding.Up(value, divergence - shrinkage + (logOrder - logDelta) / (order - 1));
    }

    /// <summary>log δ = (α − 1) D_α − (α − 1) ε + (α − 1) log((α − 1)/α) − log α.</summary>
    /// <param name="order">α &gt; 1.</param>
    /// <param name="logMoment">(α − 1) D_α ≥ 0 of all steps.</param>
    /// <param name="epsilon">ε ≥ 0.</param>
    public static double LogDelta(double order, double logMoment, double epsilon)
    {
        double gain = (order - 1) * (epsilon - ElementaryFunctions.LogOnePlus(-1 / order)) + Math.Log(order);
        return double.IsInfinity(logMoment) ? double.PositiveInfinity : OutwardRounding.Up(logMoment - gain, logMoment + gain);
    }
}
