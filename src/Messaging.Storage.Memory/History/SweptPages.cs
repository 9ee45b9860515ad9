namespace Messaging.Storage.Memory;

/// <summary>Goes round rows page by page, and passes by the pages in which nothing can be old enough yet: they may stand in a file.</summary>
/// <remarks>What ends after its page was looked at ends later than that look, so that what is noted of a page stays true.</remarks>
internal sealed class SweptPages(int perPage)
{
    /// <summary>Of each page, a moment that is not later than any that counts in it; 0 while nobody looked.</summary>
    private long[] _oldest = [];
    private long _found = long.MaxValue;
    private int _row = -1;

    /// <summary>Goes on by a row, or by a page.</summary>
    /// <param name="end">One more than the last row.</param>
    /// <param name="now">The moment of the look.</param>
    /// <param name="before">What is not later than this may go.</param>
    /// <returns>The row to look at; 0 when a page is passed by, or a round is over.</returns>
    public int Next(int end, long now, long before)
    {
        if (++_row >= end || _row % perPage == 0)
        {
            Close((_row - 1) / perPage);
            _row = _row >= end ? 0 : _row;
        }

        var page = _row / perPage;
        if (_row % perPage == 0 && !Open(page, now, before))
        {
            _row += perPage - 1;
            return 0;
        }

        return _row;
    }

    /// <summary>Notes a row that stays, with the moment that decides when it may go.</summary>
    public void Keep(long moment) => _found = Math.Min(_found, moment);

    private bool Open(int page, long now, long before)
    {
        if (page >= _oldest.Length)
        {
            Array.Resize(ref _oldest, Math.Max(page + 1, _oldest.Length * 2));
        }

        if (_oldest[page] > before)
        {
            return false;
        }

        _found = now;
        return true;
    }

    private void Close(int page)
    {
        if (page < _oldest.Length && _found != long.MaxValue)
        {
            _oldest[page] = _found;
            _found = long.MaxValue;
        }
    }
}
