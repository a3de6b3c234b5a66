namespace LoraPrivacy.Production.Tests.Training;

public class ParameterBufferTests
{
    [Fact]
    public void Parameters_keep_their_values_and_share_one_storage()
    {
        using var scope = NewDisposeScope();
        using TrainingCase training = TrainingCase.Text(adapted: false);
        double[] before = training.Parameters();
        using ParameterBuffer buffer = new(training.Problem.Model.parameters());
        Assert.Equal(before, training.Parameters());
        Assert.Equal(before, buffer.Values.data<double>().ToArray());
        using (no_grad())
        {
            buffer.Values.mul_(2);
        }

        Assert.Equal(Array.ConvertAll(before, value => 2 * value), training.Parameters());
    }

    [Fact]
    public void Backward_passes_add_to_the_flat_gradient()
    {
        using var scope = NewDisposeScope();
        using TrainingCase training = TrainingCase.Text();
        Parameter[] parameters = [.. training.Adapters!.TrainableParameters];
        double[] expected = [.. autograd.grad([training.Problem.ExampleLosses([0, 3]).sum()], parameters)
            .SelectMany(gradient => gradient.flatten().data<double>().ToArray())];
        using ParameterBuffer buffer = new(parameters);
        training.Problem.ExampleLosses([0]).sum().backward();
        training.Problem.ExampleLosses([3]).sum().backward();
        double[] actual = buffer.Gradient.data<double>().ToArray();
        Assert.Contains(expected, value => value != 0);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], 1e-14);
        }

        buffer.ClearGradient();
        Assert.All(buffer.Gradient.data<double>().ToArray(), value => Assert.Equal(0, value));
        Assert.Equal(0, parameters[0].grad!.abs().max().item<double>());
    }

    [Fact]
    public void Sixteen_bit_parameters_have_master_copies()
    {
        using var scope = NewDisposeScope();
        Parameter parameter = new(ones(3, ScalarType.BFloat16));
        using ParameterBuffer buffer = new([parameter]);
        using (no_grad())
        {
            // A hundred steps that are each too small for the parameter's own type.
            for (int i = 0; i < 100; i++)
            {
                buffer.Values.add_(1e-4);
                buffer.Publish();
            }
        }

        Assert.Equal(1.0078125, parameter[0].to(ScalarType.Float64).item<double>());
    }

    [Fact]
    public void What_cannot_be_flat_is_refused()
    {
        using var scope = NewDisposeScope();
        Parameter parameter = new(ones(3));
        Assert.Throws<ArgumentException>(() => new ParameterBuffer([]));
        Assert.Throws<ArgumentException>(() => new ParameterBuffer([parameter, parameter]));
        Assert.Throws<ArgumentException>(() => new ParameterBuffer([parameter, new Parameter(ones(3, ScalarType.Float64))]));
    }
}
