namespace PracticeEvents.Store;

/// <summary>A delivery that was checked, with what does not need the database worked out on its caller's thread.</summary>
/// <param name="Delivery">What came.</param>
/// <param name="Kept">Whether it has an inbox row; this service's own events have none.</param>
/// <param name="Refusal">Why it cannot be taken.</param>
/// <param name="Events">Its events; none when it is refused.</param>
internal sealed record AppendItem(Delivery Delivery, bool Kept, string? Refusal, IReadOnlyList<PreparedEvent> Events)
{
    /// <summary>Checks a delivery and works out what does not need the database.</summary>
    public static AppendItem Prepare(Delivery delivery, bool kept)
    {
        var refusal = delivery.Refusal;
        for (var i = 0; i < delivery.Events.Count && refusal is null; i++)
        {
            refusal = EventBody.Refusal(delivery.Events[i]);
        }

        if (refusal is not null)
        {
            return new AppendItem(delivery, kept, refusal, []);
        }

        var events = new PreparedEvent[delivery.Events.Count];
        for (var i = 0; i < events.Length; i++)
        {
            var e = delivery.Events[i];
            events[i] = new PreparedEvent(e, e.Id, EventBody.Headers(e));
        }

        return new AppendItem(delivery, kept, null, events);
    }

    /// <summary>This service's own events, to be appended together or not at all.</summary>
    /// <exception cref="ArgumentException">One of them cannot be stored.</exception>
    public static AppendItem Own(IReadOnlyList<NewEvent> events)
    {
        var item = Prepare(new Delivery("", "", null, default, events[0].ReceivedAt) { Events = events }, kept: false);
        return item.Refusal is null ? item : throw new ArgumentException(item.Refusal, nameof(events));
    }

    /// <summary>How much of the queue it takes up; one without events counts too.</summary>
    public int Weight => Math.Max(1, Events.Count);

    /// <summary>About how many bytes it sends.</summary>
    public long Bytes
    {
        get
        {
            long bytes = Delivery.Body.Length;
            foreach (var e in Events)
            {
                bytes += e.Event.Data.Length + e.Headers.Length;
            }

            return bytes;
        }
    }
}

/// <summary>An event with what is worked out before it is sent.</summary>
/// <param name="Event">The event.</param>
/// <param name="Id">Its permanent id.</param>
/// <param name="Headers">Its headers with the store's own.</param>
internal readonly record struct PreparedEvent(NewEvent Event, Guid Id, string Headers);
