using System.Buffers;
using System.Globalization;
using System.Text;

namespace Messaging.Templates.Handlebars.Rendering;

/// <summary>Takes what a template writes as UTF-8. One for each thread, used again; nothing leaves it before the rendering succeeded.</summary>
internal sealed class Utf8TextWriter : TextWriter
{
    /// <summary>How many writes and turns of a loop go by between two looks at the clock.</summary>
    private const int StepsPerCheck = 256;

    /// <summary>The most memory that a thread keeps for its next rendering.</summary>
    private const int MaxKept = 256 * 1024;

    [ThreadStatic]
    private static Utf8TextWriter? s_ofThread;

    private byte[] _buffer = new byte[16 * 1024];
    private int _length;
    private int _steps;
    private long _deadline;
    private RenderLimits? _limits;

    private Utf8TextWriter()
        : base(CultureInfo.InvariantCulture)
    {
    }

    /// <summary>Gets the writer of the rendering that this thread is in.</summary>
    public static Utf8TextWriter Current => s_ofThread!;

    public RenderLimits Limits => _limits!;

    public CultureInfo Culture { get; private set; } = CultureInfo.InvariantCulture;

    /// <summary>Gets how the culture writes numbers.</summary>
    public NumberFormatInfo Numbers { get; private set; } = NumberFormatInfo.InvariantInfo;

    public TimeZoneInfo Zone { get; private set; } = TimeZoneInfo.Utc;

    public override Encoding Encoding => Encoding.UTF8;

    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    /// <summary>Begins a rendering on this thread.</summary>
    public static Utf8TextWriter Begin(RenderLimits limits, in RenderContext context)
    {
        var writer = s_ofThread ??= new Utf8TextWriter();
        if (writer._limits is not null)
        {
            // A helper of the host renders another template: that one gets a writer of its own.
            writer = s_ofThread = new Utf8TextWriter { _outer = writer };
        }

        writer._limits = limits;
        writer.Culture = context.Culture;
        writer.Numbers = context.Culture.NumberFormat;
        writer.Zone = context.TimeZone;
        writer._steps = StepsPerCheck;
        writer._deadline = 0;
        return writer;
    }

    private Utf8TextWriter? _outer;

    /// <summary>Ends the rendering, whatever became of it.</summary>
    public void End()
    {
        _length = 0;
        _limits = null;
        if (_buffer.Length > MaxKept)
        {
            _buffer = new byte[16 * 1024];
        }

        if (_outer is not null)
        {
            s_ofThread = _outer;
        }
    }

    /// <summary>Counts a step of work, and looks at the clock now and then.</summary>
    /// <exception cref="TemplateException">The rendering took too long.</exception>
    public void Step()
    {
        if (--_steps == 0)
        {
            CheckClock();
        }
    }

    public override void Write(char value) => Write(new ReadOnlySpan<char>(in value));

    public override void Write(string? value) => Write(value.AsSpan());

    public override void Write(ReadOnlySpan<char> value)
    {
        Step();
        if (value.Length > Limits.MaxBytes - _length)
        {
            throw Limits.TooLong();
        }

        _length += Encoding.UTF8.GetBytes(value, Room(value.Length * 3));
        CheckLength();
    }

    /// <summary>Writes text so that it stays text in html.</summary>
    public void WriteHtml(ReadOnlySpan<char> value)
    {
        int special;
        while ((special = value.IndexOfAny(HtmlText.Special)) >= 0)
        {
            Write(value[..special]);
            Append(HtmlText.Entity(value[special]));
            value = value[(special + 1)..];
        }

        Write(value);
    }

    /// <summary>Writes a value in the recipient's way.</summary>
    public void Format<T>(T value, ReadOnlySpan<char> format, IFormatProvider provider, bool encode)
        where T : IUtf8SpanFormattable
    {
        Step();
        int written;
        for (var size = 128; !value.TryFormat(Room(size), out written, format, provider); size *= 2)
        {
            if (size > Limits.MaxBytes)
            {
                throw Limits.TooLong();
            }
        }

        var text = _buffer.AsSpan(_length, written);
        if (encode && text.ContainsAny(HtmlText.SpecialBytes))
        {
            WriteHtml(Encoding.UTF8.GetString(text));
            return;
        }

        _length += written;
        CheckLength();
    }

    /// <summary>Returns what <paramref name="write"/> writes as a string, and writes nothing.</summary>
    public string Capture<TState>(TState state, Action<Utf8TextWriter, TState> write)
        where TState : allows ref struct
    {
        var start = _length;
        write(this, state);
        var text = Encoding.UTF8.GetString(_buffer.AsSpan(start, _length - start));
        _length = start;
        return text;
    }

    /// <summary>The clock runs from the first look on: most renderings are over before it.</summary>
    private void CheckClock()
    {
        _steps = StepsPerCheck;
        if (_deadline == 0)
        {
            _deadline = Limits.Deadline();
        }
        else
        {
            Limits.CheckDeadline(_deadline);
        }
    }

    private void Append(ReadOnlySpan<byte> utf8)
    {
        utf8.CopyTo(Room(utf8.Length));
        _length += utf8.Length;
        CheckLength();
    }

    private void CheckLength()
    {
        if (_length > Limits.MaxBytes)
        {
            throw Limits.TooLong();
        }
    }

    private Span<byte> Room(int size)
    {
        if (_buffer.Length - _length < size)
        {
            Array.Resize(ref _buffer, (int)Math.Min(Array.MaxLength, Math.Max(2L * _buffer.Length, (long)_length + size)));
        }

        return _buffer.AsSpan(_length);
    }
}
