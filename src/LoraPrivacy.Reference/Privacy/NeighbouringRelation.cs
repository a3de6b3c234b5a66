namespace LoraPrivacy.Reference.Privacy;

/// <summary>When two data sets count as neighbours (S14).</summary>
public enum NeighbouringRelation
{
    /// <summary>One example is replaced by another: the batch mean moves by at most 2C/b.</summary>
    ReplaceOne,

    /// <summary>One example is added or removed while the denominator b stays fixed: at most C/b.</summary>
    AddRemove,
}

/// <summary>How far neighbours move the batch mean of clipped per-example gradients (S14).</summary>
[Statement("S14")]
public static class Sensitivity
{
    /// <summary>Δ, the largest ‖q − q′‖ over neighbours.</summary>
    /// <param name="relation">When two data sets are neighbours.</param>
    /// <param name="clip">C, the bound on each per-example gradient's norm; positive.</param>
    /// <param name="batch">b, the denominator of the mean; at least 1.</param>
    /// <returns>2C/b for replace-one, C/b for add/remove at a fixed denominator.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static double Absolute(NeighbouringRelation relation, double clip, long batch)
    {
        Argument.Positive(clip);
        if (batch < 1)
        {
            throw Argument.OutOfRange(nameof(batch), batch, "an integer of at least 1");
        }

        return relation switch
        {
            NeighbouringRelation.ReplaceOne => 2 * clip / batch,
            NeighbouringRelation.AddRemove => clip / batch,
            _ => throw Argument.OutOfRange(nameof(relation), relation, "ReplaceOne or AddRemove"),
        };
    }

    /// <summary>τ = Δ/β, all that matters of (C, b, β).</summary>
    /// <param name="relation">When two data sets are neighbours.</param>
    /// <param name="clip">C, positive.</param>
    /// <param name="batch">b, at least 1.</param>
    /// <param name="floor">β, a bound that every batch gradient's norm is known to exceed; positive.</param>
    /// <returns>The relative sensitivity.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static double Relative(NeighbouringRelation relation, double clip, long batch, double floor)
        => Absolute(relation, clip, batch) / Argument.Positive(floor);
}
