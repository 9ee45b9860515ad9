using Messaging.Templates.Handlebars.Rendering;

namespace Messaging.Templates.Handlebars.Helpers;

/// <summary><c>{{currency Price "PLN"}}</c>: an amount of money, written the way of the culture in the currency of its ISO 4217 code.</summary>
internal sealed class CurrencyHelper() : FormatHelper("currency")
{
    protected override void Write(Utf8TextWriter writer, object value, string? format, bool encode)
    {
        if (!Numbers.TryRead(value, out var number))
        {
            throw Error(writer, "The value is not a number.");
        }

        // A default would print the wrong currency for whoever reads in another culture.
        if (format is not { Length: 3 } || !format.All(char.IsAsciiLetterUpper))
        {
            throw Error(writer, "Name the currency by its ISO 4217 code: {{currency Price \"EUR\"}}.");
        }

        writer.Format(number, "C", CurrencyFormats.For(writer.Culture, format), encode);
    }
}
