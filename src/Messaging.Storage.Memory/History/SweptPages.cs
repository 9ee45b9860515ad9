namespace Messaging.Storage.Memory;

/// <summary>Goes round rows page by page, and passes by the pages in which nothing can be old enough yet: they may stand in a file.</summary>
/// <remarks>What ends after its page was looked at ends later than that look, so that what is noted of a page stays true.</remarks>
internal sealed class SweptPages(int perPage)
{
    /// <summary>Of each page, a moment before which nothing in it goes; 0 while nobody looked.</summary>
    private long[] _quiet = [];
    private long _found = long.MaxValue;
    private int _row = -1;

    /// <summary>Goes on by a row, or by a page.</summary>
    /// <param name="end">One more than the last row.</param>
    /// <param name="now">The moment of the look.</param>
    /// <param name="shortest">For how long everything is kept that ends after the look.</param>
    /// <returns>The row to look at; 0 when a page is passed by, or a round is over.</returns>
    public int Next(int end, long now, long shortest)
    {
        if (++_row >= end || _row % perPage == 0)
        {
            Close((_row - 1) / perPage);
            _row = _row >= end ? 0 : _row;
        }

        var page = _row / perPage;
        if (_row % perPage == 0 && !Open(page, now, shortest))
        {
            _row += perPage - 1;
            return 0;
        }

        return _row;
    }

    /// <summary>Notes a row that stays, with the moment from which on it may go.</summary>
    public void Keep(long moment) => _found = Math.Min(_found, moment);

    private bool Open(int page, long now, long shortest)
    {
        if (page >= _quiet.Length)
        {
            Array.Resize(ref _quiet, Math.Max(page + 1, _quiet.Length * 2));
        }

        if (_quiet[page] > now)
        {
            return false;
        }

        _found = now + shortest;
        return true;
    }

    private void Close(int page)
    {
        if (page < _quiet.Length && _found != long.MaxValue)
        {
            _quiet[page] = _found;
            _found = long.MaxValue;
        }
    }
}
