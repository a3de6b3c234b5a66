namespace LoraPrivacy.Production.Tests.Agreement;

/// <summary>The gradients of one layer, each with the bound on its rounding.</summary>
internal sealed record RoundedGradients(RoundedMatrix Gradient, RoundedMatrix GradientB, RoundedMatrix GradientA);

/// <summary>
/// Bounds for one batch through a perceptron with adapters: production's operations, in its order, on <see cref="RoundedMatrix"/>. Elementary
/// functions (exp, log, tanh) are taken to be within 4u of exact, relative to the result; libtorch's vectorised ones promise 1 ulp = 2u.
/// </summary>
internal sealed class RoundedPerceptron
{
    private const int FunctionRoundings = 4;

    private readonly double unit;

    private RoundedPerceptron(double unit) => this.unit = unit;

    /// <summary>The bound on the error of the mean loss.</summary>
    public double LossError { get; private set; }

    /// <summary>The gradients, first layer first.</summary>
    public IReadOnlyList<RoundedGradients> Gradients { get; private set; } = [];

    public static RoundedPerceptron Of(MultilayerPerceptron model, double[,] input, double[,] target, LossFunction loss, double unit)
    {
        RoundedPerceptron rounded = new(unit);
        List<Layer> layers = [];
        RoundedMatrix x = RoundedMatrix.Exact(input, unit);
        for (int l = 0; l < model.Layers.Count; l++)
        {
            Layer layer = Layer.Forward(model.Layers[l], x);
            layers.Add(layer);
            x = l + 1 < model.Layers.Count ? rounded.Activate(layer.Output, model.Activation) : layer.Output;
        }

        RoundedMatrix derivative = loss == LossFunction.CrossEntropy ? rounded.CrossEntropy(x, target) : rounded.SquaredError(x, target);
        RoundedGradients[] gradients = new RoundedGradients[layers.Count];
        for (int l = layers.Count - 1; l >= 0; l--)
        {
            gradients[l] = layers[l].Backward(derivative, out RoundedMatrix byInput);
            derivative = l > 0 ? rounded.ActivationBackward(byInput, layers[l - 1].Output, layers[l].Input, model.Activation) : byInput;
        }

        rounded.Gradients = gradients;
        return rounded;
    }

    private RoundedMatrix Activate(RoundedMatrix z, Activation activation) => z.Elementwise((value, error) => activation == Activation.Relu
        ? (Math.Max(0, value), error)
        : (Math.Tanh(value), error + (FunctionRoundings * unit * (Math.Abs(Math.Tanh(value)) + error))));

    private RoundedMatrix ActivationBackward(RoundedMatrix derivative, RoundedMatrix z, RoundedMatrix activated, Activation activation)
    {
        if (activation == Activation.Relu)
        {
            // Within its error of the kink, the sign is anyone's.
            return derivative.Elementwise(z, (d, before) => (
                before.Value > 0 ? d.Value : 0,
                Math.Abs(before.Value) > before.Error ? (before.Value > 0 ? d.Error : 0) : Math.Abs(d.Value) + d.Error));
        }

        // d (1 − t²): t² and the difference round once each, both below 1; then the product.
        double gamma = derivative.Gamma(2);
        return derivative.Elementwise(activated, (d, t) =>
        {
            double factor = (1 - t.Value) * (1 + t.Value);
            double factorError = (2 * Math.Abs(t.Value) * t.Error) + (t.Error * t.Error) + gamma;
            double error = (Math.Abs(d.Value) * factorError) + (d.Error * (factor + factorError));
            return (d.Value * factor, error + (unit * ((Math.Abs(d.Value) * factor) + error)));
        });
    }

    /// <summary>The derivative (prediction − target)/batch, and the bound of the loss ½‖prediction − target‖².</summary>
    private RoundedMatrix SquaredError(RoundedMatrix prediction, double[,] target)
    {
        RoundedMatrix residual = prediction.Elementwise(RoundedMatrix.Exact(target, unit), (p, t) => (
            p.Value - t.Value, p.Error + (unit * (Math.Abs(p.Value - t.Value) + p.Error))));
        double error = 0, size = 0;
        foreach ((double r, double dr) in residual.Value.Cast<double>().Zip(residual.Error.Cast<double>()))
        {
            error += (Math.Abs(r) * dr) + (dr * dr / 2);
            size += (Math.Abs(r) + dr) * (Math.Abs(r) + dr) / 2;
        }

        // The squares, their sum over a row, the half, the sum over the batch, 1/batch.
        LossError = (error + (prediction.Gamma(prediction.Columns + prediction.Rows + 3) * size)) / prediction.Rows;
        return PerExample(residual);
    }

    /// <summary>
    /// The derivative (softmax − one-hot)/batch. log softmax = (z − max) − log Σ exp(z − max) moves by at most 2E when each logit moves by
    /// E. With n logits, D their range and S ∈ [1, n] the sum: z − max rounds by u D, in the sum's exponents too; exp by 4u and the sum by
    /// γ_n, all relative to S, so absolute in log S; log by 4u log n; the last difference by u(D + log n). Together no more than
    /// γ_{n+8}(1 + D + log n). The softmax is exp of that.
    /// </summary>
    private RoundedMatrix CrossEntropy(RoundedMatrix logits, double[,] target)
    {
        double[,] value = new double[logits.Rows, logits.Columns], error = new double[logits.Rows, logits.Columns];
        double lossError = 0, lossSize = 0;
        for (int i = 0; i < logits.Rows; i++)
        {
            double[] row = [.. Enumerable.Range(0, logits.Columns).Select(j => logits.Value[i, j])];
            double shift = 2 * Enumerable.Range(0, logits.Columns).Max(j => logits.Error[i, j]);
            double largest = row.Max(), sum = row.Sum(z => Math.Exp(z - largest));
            double range = largest - row.Min() + shift;
            double logError = shift + (logits.Gamma(logits.Columns + 8) * (1 + range + Math.Log(logits.Columns)));
            for (int j = 0; j < logits.Columns; j++)
            {
                double p = Math.Exp(row[j] - largest) / sum;
                value[i, j] = p - target[i, j];
                error[i, j] = (p * Math.Exp(logError) * (1 + (8 * unit))) - p + (8 * unit * target[i, j]);
                lossSize += target[i, j] * (largest + Math.Log(sum) - row[j]);
            }

            lossError += logError;
        }

        LossError = (lossError + (logits.Gamma(logits.Rows + 2) * (lossSize + lossError))) / logits.Rows;
        return PerExample(new RoundedMatrix(value, error, unit));
    }

    // The mean's 1/batch, rounded, times a derivative; a few roundings more for how autograd scales squares.
    private static RoundedMatrix PerExample(RoundedMatrix derivative) => derivative.Elementwise((value, error) => (
        value / derivative.Rows, (error + (derivative.Gamma(6) * (Math.Abs(value) + error))) / derivative.Rows));

    /// <summary>One adapted layer: y = (x Wᵀ + bias) + (s x Aᵀ) Bᵀ, as production forms it.</summary>
    private sealed record Layer(LoraLayer Of, RoundedMatrix Input, RoundedMatrix ScaledHidden, RoundedMatrix Output)
    {
        private double Unit => Input.Unit;

        private RoundedMatrix W => RoundedMatrix.Exact(Of.Weight, Unit);

        private RoundedMatrix A => RoundedMatrix.Exact(Of.A, Unit);

        private RoundedMatrix B => RoundedMatrix.Exact(Of.B, Unit);

        public static Layer Forward(LoraLayer layer, RoundedMatrix input)
        {
            Layer start = new(layer, input, input, input);
            double[,] bias = new double[input.Rows, layer.OutputDimension];
            for (int i = 0; i < input.Rows; i++)
            {
                for (int j = 0; j < layer.OutputDimension; j++)
                {
                    bias[i, j] = layer.Bias?[j] ?? 0;
                }
            }

            RoundedMatrix hidden = RoundedMatrix.Product(input, start.A.Transposed()).Times(layer.Scale);
            RoundedMatrix full = RoundedMatrix.Exact(bias, input.Unit).PlusProduct(input, start.W.Transposed());
            return new Layer(layer, input, hidden, full.PlusProduct(hidden, start.B.Transposed()));
        }

        public RoundedGradients Backward(RoundedMatrix derivative, out RoundedMatrix byInput)
        {
            RoundedMatrix byHidden = RoundedMatrix.Product(derivative, B).Times(Of.Scale);
            byInput = RoundedMatrix.Product(derivative, W).PlusProduct(byHidden, A);
            return new RoundedGradients(
                RoundedMatrix.Product(derivative.Transposed(), Input),
                RoundedMatrix.Product(derivative.Transposed(), ScaledHidden),
                RoundedMatrix.Product(byHidden.Transposed(), Input));
        }
    }
}
