namespace LoraPrivacy.CommandLine.Input;

/// <summary>
/// The header of an .npy file: a Python dictionary literal with exactly the keys descr, fortran_order and shape.
/// </summary>
internal sealed record NpyHeader(string Descriptor, bool FortranOrder, long[] Shape)
{
    public static NpyHeader Parse(string text, string source)
    {
        Cursor cursor = new(text, source);
        string? descriptor = null;
        bool? fortranOrder = null;
        long[]? shape = null;
        cursor.Expect('{');
        while (!cursor.TryTake('}'))
        {
            string key = cursor.TakeString();
            cursor.Expect(':');
            bool repeated = key switch
            {
                "descr" => descriptor is not null,
                "fortran_order" => fortranOrder is not null,
                "shape" => shape is not null,
                _ => throw cursor.Failure($"has the unknown key '{FileFormatException.Quote(key)}'"),
            };
            if (repeated)
            {
                throw cursor.Failure($"has the key '{key}' twice");
            }

            switch (key)
            {
                case "descr":
                    descriptor = cursor.TakeString();
                    break;
                case "fortran_order":
                    fortranOrder = cursor.TakeBoolean();
                    break;
                default:
                    shape = cursor.TakeTuple();
                    break;
            }

            if (!cursor.TryTake(','))
            {
                cursor.Expect('}');
                break;
            }
        }

        cursor.ExpectEnd();
        return descriptor is null || fortranOrder is null || shape is null
            ? throw cursor.Failure("lacks one of 'descr', 'fortran_order' and 'shape'")
            : new NpyHeader(descriptor, fortranOrder.Value, shape);
    }

    /// <summary>Reads the few Python literals that headers are made of.</summary>
    private sealed class Cursor(string text, string source)
    {
        private int _at;

        public InputException Failure(string problem) => new($"{source}: the .npy header {problem}");

        public bool TryTake(char expected)
        {
            SkipBlanks();
            if (_at >= text.Length || text[_at] != expected)
            {
                return false;
            }

            _at++;
            return true;
        }

        public void Expect(char expected)
        {
            if (!TryTake(expected))
            {
                throw Failure($"lacks '{expected}' at character {_at}");
            }
        }

        public void ExpectEnd()
        {
            SkipBlanks();
            if (_at != text.Length)
            {
                throw Failure($"goes on after its dictionary, at character {_at}");
            }
        }

        public string TakeString()
        {
            SkipBlanks();
            if (_at < text.Length && text[_at] == '[')
            {
                throw Failure("describes records; only plain arrays of numbers are supported");
            }

            char quote = _at < text.Length ? text[_at] : ' ';
            int end = quote is '\'' or '"' ? text.IndexOf(quote, _at + 1) : -1;
            if (end < 0)
            {
                throw Failure($"lacks a quoted string at character {_at}");
            }

            string value = text[(_at + 1)..end];
            _at = end + 1;
            return value;
        }

        public bool TakeBoolean()
        {
            SkipBlanks();
            foreach (bool value in new[] { true, false })
            {
                string literal = value ? "True" : "False";
                if (string.CompareOrdinal(text, _at, literal, 0, literal.Length) == 0)
                {
                    _at += literal.Length;
                    return value;
                }
            }

            throw Failure($"lacks True or False at character {_at}");
        }

        public long[] TakeTuple()
        {
            List<long> sizes = [];
            Expect('(');
            while (!TryTake(')'))
            {
                sizes.Add(TakeInteger());
                if (!TryTake(','))
                {
                    Expect(')');
                    break;
                }
            }

            return [.. sizes];
        }

        private long TakeInteger()
        {
            SkipBlanks();
            int end = _at;
            while (end < text.Length && char.IsAsciiDigit(text[end]))
            {
                end++;
            }

            if (!long.TryParse(text.AsSpan(_at, end - _at), NumberStyles.None, CultureInfo.InvariantCulture, out long value))
            {
                throw Failure($"lacks a size at character {_at}");
            }

            // Python 2 wrote sizes as 3L.
            _at = end < text.Length && text[end] == 'L' ? end + 1 : end;
            return value;
        }

        private void SkipBlanks()
        {
            while (_at < text.Length && text[_at] is (' ' or '\n' or '\t' or '\r'))
            {
                _at++;
            }
        }
    }
}
