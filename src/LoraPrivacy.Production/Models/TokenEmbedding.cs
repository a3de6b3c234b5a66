namespace LoraPrivacy.Production.Models;

/// <summary>A table of vectors: numbers of rows in, the rows out.</summary>
public sealed class TokenEmbedding : nn.Module<Tensor, Tensor>
{
    private readonly Parameter weight;

    /// <summary>A table of zeros.</summary>
    /// <param name="count">The number of rows, at least 1.</param>
    /// <param name="width">The length of a row, at least 1.</param>
    /// <param name="dtype">The type of the table.</param>
    /// <param name="device">Its device; null for the CPU.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is less than 1.</exception>
    public TokenEmbedding(long count, long width, ScalarType dtype = ScalarType.Float32, Device? device = null)
        : base(nameof(TokenEmbedding))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        weight = ZeroParameter.Create(dtype, device, count, width);
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

    /// <summary>Checks tokens; waits for their device.</summary>
    /// <param name="tokens">int64, of any shape but not empty.</param>
    /// <param name="count">The number of tokens there are.</param>
    /// <param name="argument">The argument's name.</param>
    /// <exception cref="ArgumentOutOfRangeException">One is not in [0, <paramref name="count"/>).</exception>
    internal static void CheckRange(Tensor tokens, long count, string argument)
    {
        using var scope = NewDisposeScope();
        (Tensor least, Tensor most) = tokens.aminmax();
        long wrong = least.item<long>() < 0 ? least.item<long>() : most.item<long>();
        if (wrong < 0 || wrong >= count)
        {
            throw new ArgumentOutOfRangeException(argument, wrong, $"a token must be in [0, {count - 1}]");
        }
    }
}
