namespace LoraPrivacy.Oracle.Reporting;

/// <summary>
/// Writes HTML element by element. Everything that is not markup is escaped here, in one place, and the result is well-formed XML as
/// well, so that a test can parse it.
/// </summary>
internal sealed class HtmlBuilder
{
    private readonly StringBuilder text = new();
    private readonly Stack<string> open = new();

    /// <summary>What has been written; every element must be closed.</summary>
    public override string ToString() => open.Count == 0
        ? text.ToString()
        : throw new InvalidOperationException($"the element <{open.Peek()}> is not closed");

    /// <summary>Begins an element.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="attributes">Its attributes; one whose value is null is left out.</param>
    public HtmlBuilder Open(string name, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        WriteTag(name, attributes, end: ">");
        open.Push(name);
        return this;
    }

    /// <summary>Ends the element begun last.</summary>
    public HtmlBuilder Close()
    {
        text.Append("</").Append(open.Pop()).Append('>');
        return this;
    }

    /// <summary>Ends the element begun last and the line.</summary>
    public HtmlBuilder CloseLine()
    {
        Close();
        text.Append('\n');
        return this;
    }

    /// <summary>An element that has no contents and no end tag.</summary>
    public HtmlBuilder Empty(string name, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        WriteTag(name, attributes, end: "/>");
        return this;
    }

    /// <summary>Text, escaped.</summary>
    public HtmlBuilder Text(string text)
    {
        AppendEscaped(text);
        return this;
    }

    /// <summary>An element with text, on a line of its own.</summary>
    public HtmlBuilder Line(string name, string text, params ReadOnlySpan<(string Name, string? Value)> attributes)
        => Open(name, attributes).Text(text).CloseLine();

    /// <summary>An element with text, within a line.</summary>
    public HtmlBuilder Inline(string name, string text, params ReadOnlySpan<(string Name, string? Value)> attributes)
        => Open(name, attributes).Text(text).Close();

    /// <summary>Markup that this command itself wrote: a style sheet, a script or their data.</summary>
    public HtmlBuilder Verbatim(string markup)
    {
        text.Append(markup);
        return this;
    }

    private void WriteTag(string name, ReadOnlySpan<(string Name, string? Value)> attributes, string end)
    {
        text.Append('<').Append(name);
        foreach ((string attribute, string? value) in attributes)
        {
            if (value is not null)
            {
                text.Append(' ').Append(attribute).Append("=\"");
                AppendEscaped(value);
                text.Append('"');
            }
        }

        text.Append(end);
    }

    private void AppendEscaped(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            bool isPair = char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
            if (isPair)
            {
                this.text.Append(c).Append(text[++i]);
                continue;
            }

            // What is no character of XML (controls, half a surrogate pair) or turns the direction of what follows becomes U+FFFD.
            _ = c switch
            {
                '&' => this.text.Append("&amp;"),
                '<' => this.text.Append("&lt;"),
                '>' => this.text.Append("&gt;"),
                '"' => this.text.Append("&quot;"),
                '\'' => this.text.Append("&#39;"),
                '\n' or '\t' => this.text.Append(c),
                _ when char.IsControl(c) || char.IsSurrogate(c) || c is '\uFFFE' or '\uFFFF' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') => this.text.Append('\uFFFD'),
                _ => this.text.Append(c),
            };
        }
    }
}
