namespace LoraPrivacy.Reference.Releases;

/// <summary>One distinct eigenvalue μ ≠ 1 of a factor release: its loss is −s log μ + (μ − 1) Γ(s, 1).</summary>
/// <param name="Eigenvalue">μ.</param>
/// <param name="Excess">c = μ − 1; the loss has an exponential moment of order z where c z &lt; 1.</param>
/// <param name="Shape">s = r/2 times the multiplicity.</param>
internal readonly record struct FactorLossTerm(double Eigenvalue, double Excess, double Shape);
