using PracticeEvents.Benchmarks.Machine;

namespace PracticeEvents.Benchmarks.Rows;

/// <summary>Tables of the same shape as those of the store, with the same indexes and the same foreign key, and nothing else: what plain inserts are measured on.</summary>
internal static class FloorTables
{
    /// <summary>Makes them in a database that has the schema of the store.</summary>
    public static Task MakeAsync(Fresh database) => database.ExecuteAsync("""
        create schema if not exists floor;
        drop table if exists floor.events, floor.streams, floor.timers;
        create table floor.streams (like public.mt_streams including all);
        create table floor.events (like public.mt_events including all,
            constraint fkey_floor_stream foreign key (stream_id) references floor.streams (id) on delete cascade);
        create sequence if not exists floor.position;
        create table floor.timers (like practice.timers including all);
        """);
}
