namespace LoraPrivacy.Certifier.Interop;

/// <summary>Frees the balls that this thread makes until it is disposed of: an integrand makes dozens a call, far more than finalisers keep up with.</summary>
internal readonly struct BallScope : IDisposable
{
    [ThreadStatic]
    private static List<SafeHandle>? balls;

    [ThreadStatic]
    private static int depth;

    private readonly int before;

    private BallScope(List<SafeHandle> balls) => before = balls.Count;

    /// <summary>Begins a scope. Nothing made within may be used behind its end.</summary>
    public static BallScope Begin()
    {
        BallScope.balls ??= [];
        depth++;
        return new BallScope(BallScope.balls);
    }

    /// <summary>Has a new ball freed with the scope it is made in, if there is one.</summary>
    public static void Register(SafeHandle ball)
    {
        if (depth > 0)
        {
            BallScope.balls!.Add(ball);
        }
    }

    public void Dispose()
    {
        for (int i = BallScope.balls!.Count - 1; i >= before; i--)
        {
            BallScope.balls[i].Dispose();
        }

        BallScope.balls.RemoveRange(before, BallScope.balls.Count - before);
        depth--;
    }
}
