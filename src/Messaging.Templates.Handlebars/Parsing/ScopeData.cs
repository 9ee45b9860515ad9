namespace Messaging.Templates.Handlebars.Parsing;

/// <summary>What names inside a block belong to.</summary>
internal enum ScopeData
{
    /// <summary>The same as outside, and <c>../</c> does not count it: <c>if</c> and <c>unless</c>.</summary>
    Same,

    /// <summary>Another value: <c>each</c>, <c>with</c>, a section, a partial with data of its own.</summary>
    Other,

    /// <summary>The same as outside with more names in front, and <c>../</c> counts it: a partial with arguments.</summary>
    More,
}
