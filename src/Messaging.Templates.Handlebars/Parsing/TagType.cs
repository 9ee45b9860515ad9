namespace Messaging.Templates.Handlebars.Parsing;

/// <summary>The kinds of tags.</summary>
internal enum TagType
{
    /// <summary><c>{{Name}}</c> or a call of a helper.</summary>
    Value,

    /// <summary><c>{{#if …}}</c></summary>
    Open,

    /// <summary><c>{{^Name}}</c></summary>
    Inverse,

    /// <summary><c>{{/if}}</c></summary>
    Close,

    /// <summary><c>{{else}}</c></summary>
    Else,

    /// <summary><c>{{&gt; footer}}</c></summary>
    Partial,

    /// <summary><c>{{! note }}</c></summary>
    Comment,
}
