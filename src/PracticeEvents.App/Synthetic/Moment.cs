namespace PracticeEvents.App.Synthetic;

/// <summary>When something happens: a day, and perhaps a minute of it.</summary>
/// <param name="Day">London date.</param>
/// <param name="Minute">Minutes past midnight; nothing when any time in office hours will do.</param>
/// <param name="Exact">True when the time of day matters and is written in the event.</param>
internal readonly record struct Moment(DateOnly Day, int? Minute = null, bool Exact = false)
{
    /// <summary>Some time on a day.</summary>
    public static implicit operator Moment(DateOnly day) => new(day);

    /// <summary>A time of day that orders events of one day but is not itself written.</summary>
    public static Moment Roughly(DateOnly day, int hour, int minute = 0) => new(day, (hour * 60) + minute);

    /// <summary>A time of day that matters.</summary>
    public static Moment At(DateOnly day, int hour, int minute = 0) => new(day, (hour * 60) + minute, Exact: true);
}
