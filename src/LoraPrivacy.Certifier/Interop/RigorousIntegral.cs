using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace LoraPrivacy.Certifier.Interop;

/// <summary>Encloses integrals by acb_calc_integrate: Gauss–Legendre rules whose error follows from bounds on ellipses in the complex plane.</summary>
internal static unsafe class RigorousIntegral
{
    /// <summary>Encloses the integrand on a ball.</summary>
    /// <param name="z">The argument.</param>
    /// <param name="analytic">Whether the result has to be non-finite unless the integrand is holomorphic on all of the ball.</param>
    public delegate ComplexBall Integrand(ComplexBall z, bool analytic);

    private const int MostEvaluations = 4_000_000;
    private const int WideBits = 40;
    private const int WidePrecision = 80;
    private const int MostDepth = 4000;

    /// <summary>∫ f from a to b, which must be exact.</summary>
    /// <param name="integrand">f.</param>
    /// <param name="a">The lower limit.</param>
    /// <param name="b">The upper limit.</param>
    /// <param name="goal">The relative accuracy at which to stop, in bits.</param>
    /// <param name="tolerance">The absolute accuracy 2^−tolerance at which to stop.</param>
    public static ComplexBall Over(Integrand integrand, Ball a, Ball b, int goal, int tolerance)
    {
        if (!a.IsExact || !b.IsExact)
        {
            throw new ArgumentException("the limits of an integral must be exact");
        }

        Call call = new(integrand);
        GCHandle handle = GCHandle.Alloc(call);
        try
        {
            ComplexBall result = new();
            IntegrationNative.Magnitude magnitude = default;
            IntegrationNative.mag_set_ui_2exp_si(ref magnitude, 1, -tolerance);
            IntegrationNative.Options options = new() { EvaluationLimit = MostEvaluations, DepthLimit = MostDepth };
            _ = IntegrationNative.acb_calc_integrate(
                result, &Evaluate, GCHandle.ToIntPtr(handle), a, b, goal, ref magnitude, ref options, WorkingPrecision.Bits);
            call.Failure?.Throw();
            return result;
        }
        finally
        {
            handle.Free();
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Evaluate(nint output, nint input, nint parameter, nint order, nint precision)
    {
        Call call = (Call)GCHandle.FromIntPtr(parameter).Target!;
        try
        {
            if (call.Failure is null)
            {
                using BallScope balls = BallScope.Begin();
                ComplexBall z = ComplexBall.CopyOf(input);

                // On a wide ball only a bound is asked for, and more bits would not make it better.
                bool isWide = z.AccurateBits < WideBits;
                using WorkingPrecision scope = WorkingPrecision.Of(isWide ? Math.Min((int)precision, WidePrecision) : (int)precision);
                ComplexBall value = call.Integrand(z, order != 0);
                AcbNative.acb_set(output, value);
                return 0;
            }
        }
#pragma warning disable CA1031 // No exception may cross native code: it is thrown again behind it.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            call.Failure = ExceptionDispatchInfo.Capture(failure);
        }

        AcbNative.acb_indeterminate(output);
        return 0;
    }

    private sealed class Call(Integrand integrand)
    {
        public Integrand Integrand => integrand;

        public ExceptionDispatchInfo? Failure { get; set; }
    }
}
