namespace LoraPrivacy.Production.Native;

/// <summary>libtorch or its shim cannot be loaded on this machine; the message says in one line what was tried and what to do.</summary>
public sealed class LibtorchException : Exception
{
    /// <summary>An exception without a reason.</summary>
    public LibtorchException()
    {
    }

    /// <summary>An exception with its reason.</summary>
    /// <param name="message">One line.</param>
    public LibtorchException(string message)
        : base(message)
    {
    }

    /// <summary>An exception with its reason and cause.</summary>
    /// <param name="message">One line.</param>
    /// <param name="innerException">The cause.</param>
    public LibtorchException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
