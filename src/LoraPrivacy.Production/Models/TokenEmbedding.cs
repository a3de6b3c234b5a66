using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LoraPrivacy.Production.Models;

/// <summary>A table of vectors: numbers of rows in, the rows out.</summary>
public sealed class TokenEmbedding : nn.Module<Tensor, Tensor>
{
#pragma warning disable IDE1006
    private readonly Parameter weight;
#pragma warning restore IDE1006

    /// <summary>A table of zeros.</summary>
    /// <param name="count">The number of rows.</param>
    /// <param name="width">The length of a row.</param>
    public TokenEmbedding(long count, long width)
        : base(nameof(TokenEmbedding))
    {
        weight = new Parameter(zeros(count, width));
        RegisterComponents();
    }

    /// <summary>The table, count × width.</summary>
    public Parameter Weight => weight;

    /// <summary>The rows of the numbers given.</summary>
    /// <param name="input">int64, of any shape, each in [0, count).</param>
    /// <returns>The shape of the input, with one more dimension of the width.</returns>
    public override Tensor forward(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        using var scope = NewDisposeScope();
        return weight.index_select(0, input.flatten()).view([.. input.shape, weight.shape[1]]).MoveToOuterDisposeScope();
    }
}
