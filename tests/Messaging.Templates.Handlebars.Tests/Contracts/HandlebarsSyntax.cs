using Messaging.Testing.Contracts.Templates;

namespace Messaging.Templates.Handlebars.Contracts;

internal sealed class HandlebarsSyntax : TemplateSyntax
{
    public override string Body => "{{> body}}";

    public override IReadOnlyList<string> Broken { get; } =
    [
        "Hello {{Name", "{{#if Name}}", "{{/if}}", "{{#if Name}}{{/each}}", "{{else}}", "{{}}", "{{#}}", "{{{Name}}", "{{Name}}}", "{{Na<me}}",
        "{{unknown Name}}", "{{#unknown Name}}{{/unknown}}", "{{date (unknown Name)}}", "{{date \"x}}", "{{date Name", "{{date (not Name}}", "{{date )}}",
        "{{#each}}{{/each}}", "{{#each A B}}{{/each}}", "{{#if}}{{/if}}", "{{! comment", "{{!-- comment }}", "{{{{raw}}}}{{{{/raw}}}}", "{{else}}{{#if A}}{{/if}}",
        "{{#each Items as |a b c|}}{{/each}}", "{{date 1.5}}", "{{#if A}}{{else}}{{else}}{{/if}}", "{{#if A}}{{else}}{{else if B}}{{/if}}", "{{date Name format=\"d\"}}", "{{@secret}}", "{{#if A}}{{else each B}}{{/if}}", "{{true}}", "{{each}}",
        "{{", "{{{", "{{#", "{{!", "{{~", "{{(", "{{#if (", "{{> ", "{{&", "{{'",
    ];

    public override IReadOnlyList<string> Hostile { get; } =
    [
        "{{Name.Length}}{{Name.length}}{{Name.GetType}}{{Name.Chars.[0]}}", "{{Items.Count}}{{Items.Items}}{{Items._items}}", "{{GetType}}{{ToString}}", "{{this.GetType.Assembly}}",
        "{{constructor}}{{constructor.constructor}}", "{{__proto__}}", "{{this.__proto__}}", "{{lookup this 'GetType'}}{{lookup Name 'Length'}}", "{{lookup this 'Shape'}}{{Shape.Names}}",
        "{{lookup (lookup this 'Values') 0}}", "{{#with this as |x|}}{{x.Shape}}{{x.Keys}}{{x.Values}}{{/with}}", "{{#each this}}{{@key.Length}}{{this.Length}}{{/each}}",
        "{{this}}{{.}}{{@root}}", "{{@root.GetType}}{{@root.Shape.Names}}", "{{#with Name}}{{Length}}{{this.Length}}{{/with}}", "{{../GetType}}{{../../this}}",
        "{{> /etc/passwd}}", "{{> ../../../../etc/passwd}}", "{{> (lookup this 'Name')}}", "{{#> Name}}x{{/Name}}", "{{> @partial-block}}", "{{@partial-block}}",
        "{{#*inline \"x\"}}{{> x}}{{/inline}}{{> x}}", "{{*decorate}}", "{{!< /etc/passwd}}", "{{helperMissing}}{{blockHelperMissing}}", "{{log Name}}", "{{#helperMissing}}{{/helperMissing}}",
        "{{__scope this}}{{__section this}}", "{{#__scope this}}{{Shape}}{{/__scope}}", "{{[__scope]}}", "{{\u200b__proto__}}", "{{date Name 'd'}}", "{{number Name}}", "{{#each Name}}x{{/each}}",
    ];

    public override IReadOnlyList<(string Text, IReadOnlyDictionary<string, string> Partials)> Bombs { get; } =
    [
        ("{{> a}}", Partials(("a", "{{> a}}"))),
        ("{{> a}}", Partials(("a", "{{> b}}"), ("b", "{{#if Name}}{{> a Name x=1}}{{/if}}"))),
        ("{{> p0}}", Partials([.. Enumerable.Range(0, 40).Select(i => ($"p{i}", $"{{{{> p{i + 1}}}}}{{{{> p{i + 1}}}}}")), ("p40", "")])),
        ("{{> p0}}", Partials([.. Enumerable.Range(0, 12).Select(i => ($"p{i}", string.Concat(Enumerable.Repeat($"{{{{> p{i + 1}}}}}", 10)))), ("p12", "")])),
        (string.Concat(Enumerable.Repeat("{{> a}}", 9_000)), Partials(("a", "{{! " + new string('x', 900_000) + " }}"))),
        (string.Concat(Enumerable.Repeat("{{> a}}", 100)), Partials(("a", string.Concat(Enumerable.Repeat("{{!}}", 150_000))))),
        (string.Concat(Enumerable.Repeat("{{#if Name}}", 5_000)) + string.Concat(Enumerable.Repeat("{{/if}}", 5_000)), Partials()),
        ("{{date " + new string('(', 5_000) + "not Name" + new string(')', 5_000) + "}}", Partials()),
        (string.Concat(Enumerable.Repeat("{{Name}}", 50_000)), Partials()),
        (new string('x', 2_000_000), Partials()),
        ("{{number Amount 'N999999999'}}", Partials()),
        ("{{number Amount 'F2147483647'}}", Partials()),
        ("{{number Amount '" + new string('0', 100_000) + "'}}", Partials()),
        ("{{Name" + new string('a', 100_000) + "}}", Partials()),
        ("{{" + string.Concat(Enumerable.Repeat("a.", 50_000)) + "a}}", Partials()),
    ];

    public override string Print(string path) => $"{{{{{path}}}}}";

    public override string PrintRaw(string path) => $"{{{{{{{path}}}}}}}";

    public override string Each(string list, string body) => $"{{{{#each {list}}}}}{body}{{{{/each}}}}";

    public override string When(string path, string body) => $"{{{{#if {path}}}}}{body}{{{{/if}}}}";

    public override string Date(string path, string format) => $"{{{{date {path} \"{format}\"}}}}";

    public override string Include(string partial) => $"{{{{> {partial}}}}}";

    private static Dictionary<string, string> Partials(params (string Name, string Text)[] partials) => partials.ToDictionary(p => p.Name, p => p.Text);
}
