using HandlebarsDotNet;
using HandlebarsDotNet.Collections;
using HandlebarsDotNet.Compiler;
using HandlebarsDotNet.Iterators;
using HandlebarsDotNet.PathStructure;
using HandlebarsDotNet.Runtime;
using HandlebarsDotNet.ValueProviders;
using Messaging.Templates.Handlebars.Rendering;

namespace Messaging.Templates.Handlebars.Binding;

/// <summary>Goes through lists and data. Each turn counts as a step, so that loops that print nothing end in time, too.</summary>
internal sealed class Loop : IIterator
{
    public static Loop Instance { get; } = new();

    public void Iterate(
        in EncodedTextWriter writer, BindingContext context, ChainSegment[] blockParamsVariables, object input, TemplateDelegate template, TemplateDelegate ifEmpty)
    {
        using var frame = context.CreateFrame();
        if (Count(input) is not (var count and > 0))
        {
            frame.Value = context.Value;
            ifEmpty(writer, frame);
            return;
        }

        if (Utf8TextWriter.Current.Limits.UsesLoopNames)
        {
            NamedTurns(writer, frame, blockParamsVariables, input, count, template);
        }
        else
        {
            Turns(writer, frame, input, count, template);
        }
    }

    private static void Turns(in EncodedTextWriter writer, BindingContext frame, object input, int count, TemplateDelegate template)
    {
        for (var i = 0; i < count; i++)
        {
            Utf8TextWriter.Current.Step();
            frame.Value = At(input, i).Item;
            template(writer, frame);
        }
    }

    private static void NamedTurns(
        in EncodedTextWriter writer, BindingContext frame, ChainSegment[] names, object input, int count, TemplateDelegate template)
    {
        var state = new IteratorValues(frame) { Last = BoxedValues.False };
        var parameters = new BlockParamsValues(frame, names);
        parameters.CreateProperty(0, out var itemIndex);
        parameters.CreateProperty(1, out var keyIndex);
        for (var i = 0; i < count; i++)
        {
            Utf8TextWriter.Current.Step();
            var (key, item) = At(input, i);
            state.Index = BoxedValues.Int(i);
            state.Key = key;
            state.Value = item;
            Flag(ref state, i, count);
            parameters[in itemIndex] = item;
            parameters[in keyIndex] = key;
            frame.Value = item;
            template(writer, frame);
        }
    }

    private static void Flag(ref IteratorValues state, int i, int count)
    {
        if (i == 1)
        {
            state.First = BoxedValues.False;
        }

        if (i == count - 1)
        {
            state.Last = BoxedValues.True;
        }
    }

    private static int Count(object input) => input switch
    {
        TemplateList list => list.Count,
        TemplateData data => data.Count,
        ScopedData { Inner: { } inner } => Count(inner),
        _ => throw Utf8TextWriter.Current.Limits.Error("A loop goes over something that is neither a list nor an object. Use {{#each …}} with those only."),
    };

    private static (object Key, object? Item) At(object input, int i) => input switch
    {
        TemplateList list => (BoxedValues.Int(i), list[i]),
        TemplateData data => (data.Shape.Names[i], data.Values[i]),
        _ => At(((ScopedData)input).Inner!, i),
    };
}
