using HandlebarsDotNet;
using Messaging.Templates.Handlebars.Rendering;

namespace Messaging.Templates.Handlebars.Helpers;

/// <summary><c>{{plural Count "wizyta" "wizyty" "wizyt"}}</c>: the form that goes with a number in the recipient's language.</summary>
/// <remarks>The forms stand in the order of the Unicode plural categories that the language has (zero, one, two, few, many, other); the last
/// one given also serves the categories after it.</remarks>
internal sealed class PluralHelper() : BuiltInHelper("plural")
{
    private const int MostForms = 6;

    protected override object? Evaluate(Utf8TextWriter writer, in Arguments arguments)
    {
        if (arguments.Length is < 2 or > MostForms + 1)
        {
            throw Error(writer, $"Give a number and 1 to {MostForms} forms.");
        }

        if (!Numbers.TryRead(Argument(writer, arguments, 0) ?? 0L, out var number))
        {
            throw Error(writer, "The value is not a number.");
        }

        var form = PluralRules.Form(writer.Culture.TwoLetterISOLanguageName, number);
        return Argument(writer, arguments, Math.Min(form + 1, arguments.Length - 1));
    }
}
