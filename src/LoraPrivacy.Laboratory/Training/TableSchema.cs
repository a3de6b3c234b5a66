namespace LoraPrivacy.Laboratory.Training;

/// <summary>What is declared of a table of features and classes, without a look at it: all that the shape of a release may depend on.</summary>
/// <param name="Classes">The number of classes, at least 1.</param>
/// <param name="Ranges">The range of each feature.</param>
internal sealed record TableSchema(int Classes, IReadOnlyList<(double Low, double High)> Ranges)
{
    public int Features => Ranges.Count;

    /// <summary>
    /// Reads a line by itself: by its own separator, with all features clipped to their ranges and scaled to [0, 1]. A line with another
    /// number of fields, a field that is no finite number or a label that is no class is no record, whatever the others are.
    /// </summary>
    /// <param name="line">The line, without its end.</param>
    /// <param name="features">Its features are added here.</param>
    /// <returns>The label, or null, with nothing added, where the line is no record.</returns>
    public long? Read(string line, List<double> features)
    {
        string[] fields = line.Split(CsvReader.SeparatorOf(line));
        if (fields.Length != Features + 1 || !CsvReader.TryNumber(fields[^1], out double label) || !IsClass(label))
        {
            return null;
        }

        int before = features.Count;
        for (int i = 0; i < Features; i++)
        {
            if (!CsvReader.TryNumber(fields[i], out double value) || !double.IsFinite(value))
            {
                features.RemoveRange(before, features.Count - before);
                return null;
            }

            features.Add(Scaled(i, value));
        }

        return (long)label;
    }

    /// <summary>A value of a feature, clipped to its range and scaled to [0, 1]; 0 where the range is a point.</summary>
    public double Scaled(int feature, double value)
    {
        (double low, double high) = Ranges[feature];
        return high > low ? (Math.Clamp(value, low, high) - low) / (high - low) : 0;
    }

    private bool IsClass(double label) => label >= 0 && label < Classes && label == Math.Floor(label);
}
