namespace LoraPrivacy.Files;

/// <summary>One adapted layer of a <see cref="PeftAdapter"/>: W = W₀ + s·B·A.</summary>
public sealed class PeftLayer
{
    private readonly SafetensorsReader _reader;

    internal PeftLayer(string path, double alpha, double scaling, SafetensorsReader reader, SafetensorsEntry a, SafetensorsEntry b)
    {
        Path = path;
        Alpha = alpha;
        Scaling = scaling;
        A = a;
        B = b;
        _reader = reader;
    }

    /// <summary>The module's path in the base model, for example <c>transformer.h.0.attn.c_attn</c>.</summary>
    public string Path { get; }

    /// <summary>The rank r, at least 1.</summary>
    public int Rank => (int)A.Shape[0];

    /// <summary>The number of inputs m: the columns of A.</summary>
    public long Inputs => A.Shape[1];

    /// <summary>The number of outputs n: the rows of B.</summary>
    public long Outputs => B.Shape[0];

    /// <summary>The configured α.</summary>
    public double Alpha { get; }

    /// <summary>The scale s: α/r, or α/√r for rank-stabilised LoRA.</summary>
    public double Scaling { get; }

    /// <summary>A, r × m, F16, BF16, F32 or F64.</summary>
    public SafetensorsEntry A { get; }

    /// <summary>B, n × r, F16, BF16, F32 or F64.</summary>
    public SafetensorsEntry B { get; }

    /// <summary>Reads A from the file.</summary>
    /// <returns>r·m numbers in row-major order, exactly as stored; they need not be finite.</returns>
    /// <exception cref="FileFormatException">The file has become shorter, or the matrix is too large for one array.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public double[] ReadA() => Read(A);

    /// <summary>Reads B from the file.</summary>
    /// <returns>n·r numbers in row-major order, exactly as stored; they need not be finite.</returns>
    /// <exception cref="FileFormatException">The file has become shorter, or the matrix is too large for one array.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public double[] ReadB() => Read(B);

    /// <summary>The file that holds both matrices.</summary>
    internal SafetensorsReader Reader => _reader;

    private double[] Read(SafetensorsEntry entry)
    {
        double[] values = new double[Checked(entry, entry.Count)];
        _reader.Read(entry, values);
        return values;
    }

    private long Checked(SafetensorsEntry entry, long count)
        => count <= Array.MaxLength
            ? count
            : throw new FileFormatException(_reader.Source, FileFormatException.Tensor(entry.Name), $"has {count} elements; at most {Array.MaxLength} are read into memory");
}
