namespace Messaging.Channels.Email;

/// <summary>Mails waiting for a connection, first come first served; one can leave from the middle. Guarded by the pool's lock.</summary>
internal sealed class MailQueue
{
    private MailJob? _first;
    private MailJob? _last;

    public int Count { get; private set; }

    public void AddLast(MailJob job)
    {
        job.IsQueued = true;
        Count++;
        job.Previous = _last;
        _ = _last is null ? _first = job : _last.Next = job;
        _last = job;
    }

    public void AddFirst(MailJob job)
    {
        job.IsQueued = true;
        Count++;
        job.Next = _first;
        _ = _first is null ? _last = job : _first.Previous = job;
        _first = job;
    }

    public MailJob? TakeFirst()
    {
        var job = _first;
        if (job is not null)
        {
            Remove(job);
        }

        return job;
    }

    public void Remove(MailJob job)
    {
        _ = job.Previous is null ? _first = job.Next : job.Previous.Next = job.Next;
        _ = job.Next is null ? _last = job.Previous : job.Next.Previous = job.Previous;
        job.Previous = job.Next = null;
        job.IsQueued = false;
        Count--;
    }
}
