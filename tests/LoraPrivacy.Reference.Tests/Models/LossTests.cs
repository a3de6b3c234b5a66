namespace LoraPrivacy.Reference.Tests.Models;

/// <summary>The losses at the edges of double precision, and the validation of targets and layers.</summary>
[Trait("Statement", "S1")]
public sealed class LossTests
{
    [Fact]
    public void Squared_error_is_half_the_square_averaged_over_rows()
        => Assert.Equal((0.5 * 5 + 0.5 * 25) / 2, Losses(
            new[,] { { 1.0, 2.0 }, { 3.0, 4.0 } }, new double[2, 2], LossFunction.SquaredError).Loss);

    [Fact]
    public void Cross_entropy_of_huge_logits_does_not_overflow()
    {
        LoraStep step = Losses(new[,] { { 1e6, -1e6, 0 } }, new[,] { { 0.0, 1.0, 0.0 } }, LossFunction.CrossEntropy);
        Assert.Equal(2e6, step.Loss);
        Assert.Equal(1, step.Gradient[0, 0] / 1e6, 1e-15);
    }

    [Fact]
    public void Cross_entropy_of_a_confident_right_prediction_keeps_its_relative_accuracy()
    {
        // log(1 + e^−50) = e^−50 to 22 digits; log of the sum of exponentials minus the logit would be 0.
        LoraStep step = Losses(new[,] { { 50.0, 0.0 } }, new[,] { { 1.0, 0.0 } }, LossFunction.CrossEntropy);
        Assert.Equal(1, step.Loss / Math.Exp(-50), 1e-14);
    }

    [Fact]
    public void Cross_entropy_of_soft_targets_is_the_expected_code_length()
        => Assert.Equal(Math.Log(4), Losses(
            new double[1, 4], new[,] { { 0.1, 0.2, 0.3, 0.4 } }, LossFunction.CrossEntropy).Loss, 1e-15);

    [Fact]
    public void Bad_targets_are_named()
    {
        double[,] prediction = new double[1, 2];
        Assert.Equal("target[0,0]", Thrown(new[,] { { 1.5, -0.5 } }));
        Assert.Equal("the sum of target row 0", Thrown(new[,] { { 0.5, 0.6 } }));
        Assert.Equal("target[0,0]", Thrown(new[,] { { double.NaN, 1 } }));
        Assert.Throws<ArgumentException>(
            "target", () => Losses(prediction, new double[1, 3], LossFunction.SquaredError));
        Assert.Throws<ArgumentOutOfRangeException>("loss", () => Losses(prediction, prediction, (LossFunction)9));

        string? Thrown(double[,] target) => Assert.Throws<ArgumentOutOfRangeException>(
            () => Losses(prediction, target, LossFunction.CrossEntropy)).ParamName;
    }

    [Fact]
    public void Layers_whose_shapes_do_not_agree_are_refused()
    {
        double[,] weight = new double[2, 3], a = new double[1, 3], b = new double[2, 1];
        Assert.Throws<ArgumentException>("a", () => new LoraLayer(weight, b, b, 1));
        Assert.Throws<ArgumentException>("b", () => new LoraLayer(weight, a, a, 1));
        Assert.Throws<ArgumentException>("bias", () => new LoraLayer(weight, a, b, 1, bias: new double[3]));
        Assert.Throws<ArgumentOutOfRangeException>("scale", () => new LoraLayer(weight, a, b, double.NaN));
        Assert.Throws<ArgumentNullException>("weight", () => new LoraLayer(null!, a, b, 1));
    }

    // An identity layer turns the input into the prediction.
    private static LoraStep Losses(double[,] prediction, double[,] target, LossFunction loss)
    {
        int size = prediction.GetLength(1);
        double[,] identity = new double[size, size];
        for (int i = 0; i < size; i++)
        {
            identity[i, i] = 1;
        }

        LoraLayer layer = new(identity, new double[1, size], new double[size, 1], 1);
        return LoraStep.Compute(layer, prediction, target, loss);
    }
}
