namespace LoraPrivacy.Reference.Models;

/// <summary>The function applied to each hidden unit of a <see cref="MultilayerPerceptron"/>.</summary>
public enum Activation
{
    /// <summary>max(0, x), with derivative 0 at 0.</summary>
    Relu,

    /// <summary>The hyperbolic tangent.</summary>
    Tanh,
}
