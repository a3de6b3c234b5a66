namespace LoraPrivacy.Certifier.Interop;

/// <summary>Frees the balls that this thread makes until it is disposed of: an integrand makes dozens a call, far more than finalisers keep up with.</summary>
internal readonly struct BallScope : IDisposable
{
    [ThreadStatic]
    private static List<SafeHandle>? s_balls;

    [ThreadStatic]
    private static int s_depth;

    private readonly int _before;

    private BallScope(List<SafeHandle> balls) => _before = balls.Count;

    /// <summary>Begins a scope. Nothing made within may be used behind its end.</summary>
    public static BallScope Begin()
    {
        s_balls ??= [];
        s_depth++;
        return new BallScope(s_balls);
    }

    /// <summary>Has a new ball freed with the scope it is made in, if there is one.</summary>
    public static void Register(SafeHandle ball)
    {
        if (s_depth > 0)
        {
            s_balls!.Add(ball);
        }
    }

    /// <summary>Frees the balls.</summary>
    public void Dispose()
    {
        for (int i = s_balls!.Count - 1; i >= _before; i--)
        {
            s_balls[i].Dispose();
        }

        s_balls.RemoveRange(_before, s_balls.Count - _before);
        s_depth--;
    }
}
