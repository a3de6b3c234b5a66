namespace LoraPrivacy.Reference.Tests.Models;

/// <summary>
/// A number with its derivative along one direction: forward-mode differentiation, which shares nothing with a backward
/// pass and is exact to rounding.
/// </summary>
internal readonly record struct Dual(double Value, double Derivative)
{
    public static implicit operator Dual(double value) => new(value, 0);

    public static Dual operator +(Dual left, Dual right)
        => new(left.Value + right.Value, left.Derivative + right.Derivative);

    public static Dual operator -(Dual left, Dual right)
        => new(left.Value - right.Value, left.Derivative - right.Derivative);

    public static Dual operator *(Dual left, Dual right)
        => new(left.Value * right.Value, (left.Derivative * right.Value) + (left.Value * right.Derivative));

    public static Dual Exp(Dual x) => new(Math.Exp(x.Value), x.Derivative * Math.Exp(x.Value));

    public static Dual Log(Dual x) => new(Math.Log(x.Value), x.Derivative / x.Value);

    public static Dual Tanh(Dual x) => new(Math.Tanh(x.Value), x.Derivative / Math.Pow(Math.Cosh(x.Value), 2));

    public static Dual Relu(Dual x) => x.Value > 0 ? x : 0;
}
