namespace LoraPrivacy.Laboratory.Training;

/// <summary>Rows of numbers with a class each, in a perceptron with one hidden layer and random base weights.</summary>
internal static class ImageSubject
{
    private const int HiddenUnits = 64;

    public static TrainingSubject Create(TrainingRequest request, RandomSource source, Device device)
    {
        TableData data = request.DataFile is not string file ? TableData.Bundled()
            : request.IsPrivate ? TableData.ReadPrivate(file, request.HeldOutFile, request.Schema!, source)
            : TableData.Read(file, request.HeldOutFile, source);
        (int features, int classes) = (data.Schema.Features, data.Schema.Classes);

        // A table's rows get a constant: the biases are frozen at 0, and without one the sizes of a row's numbers could not tell its class.
        int inputs = request.DataFile is null ? features : features + 1;
        Perceptron model = new([inputs, HiddenUnits, classes], HiddenActivation.Relu, source, request.Precision, device);
        using var scope = NewDisposeScope();
        int count = data.Training.Labels.Count;
        int heldOut = data.HeldOut.Labels.Count;
        return new TrainingSubject(
            Problem(data.Training),
            heldOut > 0 ? Problem(data.HeldOut) : null,
            $"perceptron {inputs}-{HiddenUnits}-{classes} with random base weights",
            request.IsPrivate ? $"{data.Name} of {features} features and {classes} classes" : $"{data.Name}: {count} examples, {heldOut} held out",
            request.DataFile is null ? "one image with its digit" : "one line of the table",
            ["0", "1"])
        {
            Unit = PrivacyUnit.Line,
            PublicSize = request.DataFile is null ? DigitImages.TrainingCount : request.PublicSize,
            FeatureRanges = data.Schema.Ranges,
            Dropped = data.Dropped,
        };

        ClassificationProblem Problem(LabeledRows rows) => new(
            model,
            nn.functional.pad(tensor(rows.Features.ToArray(), [rows.Labels.Count, features], ScalarType.Float64), [0, inputs - features], value: 1).to(request.Precision).to(device).DetachFromDisposeScope(),
            tensor(rows.Labels.ToArray(), device: device).DetachFromDisposeScope(),
            request.DataFile is null ? "images" : "examples");
    }
}
