namespace LoraPrivacy.Production.Privacy;

/// <summary>Says what a number of DP-SGD steps cost. Training asks; what answers is up to the caller.</summary>
public interface IPrivacyAccountant
{
    /// <summary>An upper bound on ε.</summary>
    /// <param name="mechanism">The mechanism of every step, as the training runs it.</param>
    /// <param name="steps">The number of steps, at least 1.</param>
    /// <param name="delta">δ, in (0, 1).</param>
    /// <returns>ε, at least 0, or null where no bound is known.</returns>
    double? EpsilonSoFar(DpSgdParameters mechanism, long steps, double delta);
}
