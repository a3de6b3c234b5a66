namespace LoraPrivacy.Reference.Numerics;

/// <summary>
/// A sum of products carried in twice the working precision (Ogita, Rump and Oishi's Dot2), so that a sum of m terms
/// that nearly cancel keeps an absolute error of about one rounding of the result plus m² · 1e−32 of the terms.
/// </summary>
internal struct CompensatedSum
{
    private double sum;
    private double error;

    /// <summary>The sum so far, rounded once.</summary>
    public readonly double Value => sum + error;

    /// <summary>Adds left · right.</summary>
    public void AddProduct(double left, double right)
    {
        double product = left * right;
        double productError = Math.FusedMultiplyAdd(left, right, -product);
        double next = sum + product;
        double shadow = next - sum;
        error += (sum - (next - shadow)) + (product - shadow) + productError;
        sum = next;
    }
}
