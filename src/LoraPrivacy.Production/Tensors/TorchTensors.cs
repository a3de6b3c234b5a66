namespace LoraPrivacy.Production.Tensors;

/// <summary>Carries tensors between TorchSharp and safetensors files, bit for bit where the types agree.</summary>
public static class TorchTensors
{
    private static readonly (ElementType Element, ScalarType Scalar)[] Types =
    [
        (ElementType.Float64, ScalarType.Float64), (ElementType.Float32, ScalarType.Float32), (ElementType.Float16, ScalarType.Float16),
        (ElementType.BFloat16, ScalarType.BFloat16), (ElementType.Int64, ScalarType.Int64), (ElementType.Int32, ScalarType.Int32),
        (ElementType.Int16, ScalarType.Int16), (ElementType.Int8, ScalarType.Int8), (ElementType.UInt8, ScalarType.Byte), (ElementType.Bool, ScalarType.Bool),
    ];

    /// <summary>The file type of a tensor's numbers.</summary>
    /// <param name="type">TorchSharp's type.</param>
    /// <returns>The type in files.</returns>
    /// <exception cref="ArgumentOutOfRangeException">It is not one of F64, F32, F16, BF16, I64, I32, I16, I8, U8 and BOOL.</exception>
    public static ElementType TypeOf(ScalarType type)
    {
        int i = Array.FindIndex(Types, pair => pair.Scalar == type);
        return i >= 0 ? Types[i].Element : throw new ArgumentOutOfRangeException(nameof(type), $"type must be one that safetensors files hold here, but is {type}");
    }

    /// <summary>TorchSharp's type of a file's numbers.</summary>
    /// <param name="type">The type in files.</param>
    /// <returns>TorchSharp's type.</returns>
    /// <exception cref="ArgumentOutOfRangeException">TorchSharp has none.</exception>
    public static ScalarType TypeOf(ElementType type)
    {
        int i = Array.FindIndex(Types, pair => pair.Element == type);
        return i >= 0 ? Types[i].Scalar : throw new ArgumentOutOfRangeException(nameof(type), $"type must be one that tensors have here, but is {ElementFormat.NameOf(type)}");
    }

    /// <summary>A tensor to be written to a file.</summary>
    /// <param name="name">Its name there.</param>
    /// <param name="tensor">The tensor, on any device; it is read when the file is written and must live until then.</param>
    /// <returns>What <see cref="SafetensorsWriter"/> takes.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Its type cannot be written.</exception>
    public static SafetensorsTensor ToFile(string name, Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return new(name, TypeOf(tensor.dtype), [.. tensor.shape], stream => Write(tensor, stream));
    }

    /// <summary>Copies a tensor of a file into one of the same shape, on any device.</summary>
    /// <param name="reader">The file.</param>
    /// <param name="entry">The tensor in it.</param>
    /// <param name="destination">Where it goes; where its type differs, numbers are rounded to nearest.</param>
    /// <exception cref="FileFormatException">The shapes differ, the type cannot be read, or the file has become shorter.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static void CopyTo(SafetensorsReader reader, SafetensorsEntry entry, Tensor destination)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(destination);
        if (!destination.shape.SequenceEqual(entry.Shape))
        {
            throw new FileFormatException(reader.Source, FileFormatException.Tensor(entry.Name), $"is {entry.ShapeText}, but the model has {string.Join("×", destination.shape)}");
        }

        int i = Array.FindIndex(Types, pair => pair.Element == entry.Type);
        if (i < 0 || entry.ByteCount > Array.MaxLength)
        {
            throw new FileFormatException(reader.Source, FileFormatException.Tensor(entry.Name), $"of type {ElementFormat.NameOf(entry.Type)} and {entry.ByteCount} bytes cannot be read into a model");
        }

        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        Tensor stored = empty([.. entry.Shape], Types[i].Scalar);
        if (entry.ByteCount > 0)
        {
            // Through managed memory: a span over native memory is limited like an array, and this one is checked.
            byte[] bytes = new byte[entry.ByteCount];
            reader.Read(entry, bytes);
            stored.bytes = bytes;
        }

        destination.copy_(stored);
    }

    /// <summary>Writes a tensor's numbers, little-endian and in row-major order.</summary>
    internal static void Write(Tensor tensor, Stream stream)
    {
        using var scope = NewDisposeScope();
        Tensor contiguous = tensor.detach().cpu().contiguous();
        if (contiguous.NumberOfElements > 0)
        {
            stream.Write(contiguous.bytes);
        }
    }
}
