namespace LoraPrivacy.Production.Tensors;

/// <summary>SHA-256 of named tensors: of their names, types, shapes and bytes, in the order given.</summary>
internal static class TensorDigest
{
    /// <summary>The digest.</summary>
    /// <returns>64 hexadecimal digits.</returns>
    public static string Of(IEnumerable<(string Name, Tensor Tensor)> tensors)
    {
        using SHA256 hash = SHA256.Create();
        using (CryptoStream stream = new(Stream.Null, hash, CryptoStreamMode.Write))
        {
            foreach ((string name, Tensor tensor) in tensors)
            {
                stream.Write(Encoding.UTF8.GetBytes($"{name}\n{tensor.dtype} {string.Join('×', tensor.shape)}\n"));
                TorchTensors.Write(tensor, stream);
            }
        }

        return Convert.ToHexStringLower(hash.Hash!);
    }
}
