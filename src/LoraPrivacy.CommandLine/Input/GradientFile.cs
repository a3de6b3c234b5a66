namespace LoraPrivacy.CommandLine.Input;

/// <summary>Opens a gradient file and picks the reader by its extension.</summary>
internal static class GradientFile
{
    /// <summary>Reads a file of gradients.</summary>
    /// <param name="path">A .npy, .safetensors or .csv file.</param>
    /// <param name="tensorName">Which tensor of a .safetensors file.</param>
    /// <param name="rowsArePerExample">Whether the rows of a two-dimensional tensor are the per-example gradients of one row vector.</param>
    /// <param name="header">Whether the first line of a .csv file has names; null where it is to be seen from the line.</param>
    public static GradientInput Read(string path, string? tensorName, bool rowsArePerExample, bool? header = null)
    {
        string extension = Path.GetExtension(path).ToUpperInvariant();
        if (tensorName is not null && extension != ".SAFETENSORS")
        {
            throw new InputException($"{path}: --tensor applies to .safetensors files only");
        }

        if (header is not null && extension is not (".CSV" or ".TSV"))
        {
            throw new InputException($"{path}: --header applies to .csv files only");
        }

        Tensor tensor = ReadTensor(path, extension, tensorName, header);
        double norm = EuclideanNorm.Of(tensor.Values);
        return double.IsFinite(norm * norm)
            ? GradientInput.From(tensor, rowsArePerExample)
            : throw new InputException($"{tensor.Source}: its numbers are so large that the square of their norm is beyond the range of double precision");
    }

    private static Tensor ReadTensor(string path, string extension, string? tensorName, bool? header)
    {
        try
        {
            using FileStream stream = RegularFile.Open(path, bufferSize: 1 << 16);
            return extension switch
            {
                ".NPY" => NpyReader.Read(stream, path),
                ".SAFETENSORS" => SafetensorsTensorReader.Read(stream, path, tensorName),
                ".CSV" or ".TSV" => CsvReader.Read(stream, path, header),
                _ => throw new InputException($"{path}: {ForeignFormat.Of(stream) ?? "the extension is not .safetensors, .npy or .csv"}"),
            };
        }
        catch (FileFormatException failure)
        {
            throw new InputException(failure.Message, failure);
        }
        catch (IOException failure)
        {
            throw new InputException($"{path}: {RegularFile.ReasonOf(failure)}", failure);
        }
        catch (OutOfMemoryException failure)
        {
            throw new InputException($"{path}: does not fit into memory", failure);
        }
    }
}
