namespace LoraPrivacy.Files;

/// <summary>One adapted layer of a <see cref="PeftAdapter"/>: W = W₀ + s·B·A.</summary>
public sealed class PeftLayer
{
    private readonly SafetensorsReader fileOfA;
    private readonly SafetensorsReader fileOfB;

    internal PeftLayer(
        string path, double alpha, double scaling, int experts, bool isParameter, (SafetensorsEntry Entry, SafetensorsReader File) a, (SafetensorsEntry Entry, SafetensorsReader File) b)
    {
        Path = path;
        Alpha = alpha;
        Scaling = scaling;
        Experts = experts;
        IsParameter = isParameter;
        (A, fileOfA) = a;
        (B, fileOfB) = b;
    }

    /// <summary>The module's path in the base model, for example <c>transformer.h.0.attn.c_attn</c>.</summary>
    public string Path { get; }

    /// <summary>The rank r, at least 1.</summary>
    public int Rank => (int)(A.Shape[0] / Experts);

    /// <summary>Whether it adapts a parameter that target_parameters names, and no module.</summary>
    public bool IsParameter { get; }

    /// <summary>How many experts are stacked in it, each an adapter of the rank r by itself; 1 for a module.</summary>
    public int Experts { get; }

    /// <summary>The number of inputs m: the columns of A.</summary>
    public long Inputs => A.Shape[1];

    /// <summary>The number of outputs n: the rows of B.</summary>
    public long Outputs => B.Shape[0];

    /// <summary>The configured α.</summary>
    public double Alpha { get; }

    /// <summary>The scale s: α/r, or α/√r for rank-stabilised LoRA.</summary>
    public double Scaling { get; }

    /// <summary>A, r × m (of stacked experts E·r × m), F16, BF16, F32 or F64.</summary>
    public SafetensorsEntry A { get; }

    /// <summary>B, n × r (of stacked experts n × r·E), F16, BF16, F32 or F64.</summary>
    public SafetensorsEntry B { get; }

    /// <summary>Reads A from the file.</summary>
    /// <returns>Its numbers in row-major order, exactly as stored; they need not be finite.</returns>
    /// <exception cref="FileFormatException">The file has become shorter, or the matrix is too large for one array.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public double[] ReadA() => Read(A);

    /// <summary>Reads B from the file.</summary>
    /// <returns>Its numbers in row-major order, exactly as stored; they need not be finite.</returns>
    /// <exception cref="FileFormatException">The file has become shorter, or the matrix is too large for one array.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public double[] ReadB() => Read(B);

    /// <summary>Reads the matrices of each expert; of a module its own.</summary>
    /// <returns>A, r·m numbers, and B, n·r numbers, of one expert after the other, in row-major order.</returns>
    /// <exception cref="FileFormatException">The file has become shorter, or a matrix is too large for one array.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public IEnumerable<(double[] A, double[] B)> ReadExperts()
    {
        double[] a = ReadA();
        double[] b = ReadB();
        if (Experts == 1)
        {
            yield return (a, b);
            yield break;
        }

        // As PEFT views them: A as experts × rank × inputs, B as outputs × rank × experts.
        int size = a.Length / Experts;
        for (int e = 0; e < Experts; e++)
        {
            double[] part = new double[b.Length / Experts];
            for (int i = 0; i < part.Length; i++)
            {
                part[i] = b[(i * Experts) + e];
            }

            yield return (a[(e * size)..((e + 1) * size)], part);
        }
    }

    /// <summary>The file that holds a matrix.</summary>
    internal SafetensorsReader FileOf(SafetensorsEntry matrix) => ReferenceEquals(matrix, A) ? fileOfA : fileOfB;

    private double[] Read(SafetensorsEntry entry)
    {
        double[] values = new double[Checked(entry, entry.Count)];
        FileOf(entry).Read(entry, values);
        return values;
    }

    private long Checked(SafetensorsEntry entry, long count)
        => count <= Array.MaxLength
            ? count
            : throw new FileFormatException(FileOf(entry).Source, FileFormatException.Tensor(entry.Name), $"has {count} elements; at most {Array.MaxLength} are read into memory");
}
