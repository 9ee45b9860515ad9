using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Messaging.Docs;

/// <summary>Compiles text as a new project of a user would: the packages of the suite, a generic host, nullable, implicit usings.</summary>
internal static class SnippetCompiler
{
    private static readonly CSharpParseOptions Parse = new(LanguageVersion.Default);

    /// <summary>What the SDK adds to a console project.</summary>
    private static readonly SyntaxTree ImplicitUsings = CSharpSyntaxTree.ParseText(
        """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """, Parse);

    /// <summary>The test host's own list, which holds the framework, the suite and the packages of this project.</summary>
    private static readonly MetadataReference[] References =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path))];

    /// <summary>Returns the errors, and the warnings about what a reader should not copy.</summary>
    public static IReadOnlyList<string> Problems(string code)
    {
        var tree = CSharpSyntaxTree.ParseText(code, Parse);
        var program = tree.GetCompilationUnitRoot().Members.Any(member => member is GlobalStatementSyntax);
        var options = new CSharpCompilationOptions(
            program ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable);
        return [.. CSharpCompilation.Create("Snippet", [ImplicitUsings, tree], References, options).GetDiagnostics().Where(IsProblem).Select(Describe)];
    }

    // Obsolete API, a missing await, or a null that may arrive: a snippet is read as advice.
    private static bool IsProblem(Diagnostic diagnostic) => diagnostic.Severity == DiagnosticSeverity.Error
        || diagnostic.Id is "CS0612" or "CS0618" or "CS4014" || diagnostic.Id.StartsWith("CS86", StringComparison.Ordinal);

    private static string Describe(Diagnostic diagnostic)
    {
        var place = diagnostic.Location.GetMappedLineSpan();
        return $"{place.Path}:{place.StartLinePosition.Line + 1}: {diagnostic.Id}: {diagnostic.GetMessage()}";
    }
}
