using MathNet.Numerics.LinearAlgebra;

namespace LoraPrivacy.Reference.Tests.Numerics;

public class SingularValuesTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 3)]
    [InlineData(3, 7)]
    [InlineData(40, 40)]
    [InlineData(200, 31)]
    public void They_are_the_librarys(int rows, int columns)
    {
        Matrix<double> matrix = Matrix<double>.Build.Random(rows, columns, seed: rows * columns);
        double[] expected = [.. matrix.Svd(computeVectors: false).S];
        double[] actual = SingularValues.Of(matrix);
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-13 * expected[0]));
    }

    /// <summary>Diagonal matrices turned on both sides; the library's decomposition does not end on some such.</summary>
    [Theory]
    [InlineData(1, 1e-200)]
    [InlineData(1, 1e-320)]
    [InlineData(1, 0)]
    [InlineData(1e-170, 1e-200)]
    public void Those_of_very_different_sizes_are_kept(double largest, double smallest)
    {
        Matrix<double> left = Matrix<double>.Build.Random(9, 4, seed: 1).QR().Q.SubMatrix(0, 9, 0, 4);
        double[] expected = [largest, 0.5 * largest, smallest, 0];
        double[] actual = SingularValues.Of(left * Matrix<double>.Build.DenseOfDiagonalArray(expected));
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-15 * largest));
    }

    [Fact]
    public void A_matrix_of_zeros_has_none() => Assert.Equal([0, 0], SingularValues.Of(Matrix<double>.Build.Dense(5, 2)));
}
