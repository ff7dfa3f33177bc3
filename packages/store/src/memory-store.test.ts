import { MemoryStore } from './memory-store.js'
import { describeEventStore } from './testing/describe-event-store.js'

describeEventStore('the in-memory store', async () => new MemoryStore())
