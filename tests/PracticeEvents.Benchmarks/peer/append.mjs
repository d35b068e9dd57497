// Appends events with emmett-postgresql for some seconds and prints how many a second.
//   PEER_DATABASE=postgresql://… PEER_BODY='{…}' node append.mjs WRITERS EVENTS_IN_A_CALL SECONDS
import { randomUUID } from 'node:crypto';
import { getPostgreSQLEventStore } from '@event-driven-io/emmett-postgresql';

const [writers, size, seconds] = process.argv.slice(2).map(Number);
const data = JSON.parse(process.env.PEER_BODY);
const store = getPostgreSQLEventStore(process.env.PEER_DATABASE);
await store.schema.migrate();

const event = () => ({ type: 'visit_recorded', data, metadata: { id: randomUUID(), source: '/bench' } });
const append = () =>
  store.appendToStream(`child-${Math.floor(Math.random() * 20000)}`, Array.from({ length: size }, event));

await append();
const began = performance.now();
let appended = 0;
let conflicts = 0;
await Promise.all(Array.from({ length: writers }, async () => {
  while (performance.now() - began < seconds * 1000) {
    try {
      await append();
      appended += size;
    } catch (error) {
      // Two writers at one stream: the later one is refused, and would try again.
      if (!/version|conflict|serializ/i.test(`${error.name} ${error.message}`)) throw error;
      conflicts++;
    }
  }
}));
console.log(JSON.stringify({ eventsPerSecond: appended / ((performance.now() - began) / 1000), conflicts }));
await store.close();
