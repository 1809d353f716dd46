export { createRelay } from './relay.js';
export type { Relay, RelayOptions } from './relay.js';
export type { OfferedMenu } from './context.js';
export type { HookedChat, NewCustomerFlags, RelayHooks, SignedDataItem, Visitor } from './hooks.js';
export { createMemoryStore } from './memory-store.js';
export { systemClock } from './ports.js';
export type { Clock, LogFields, RelayLog, WidgetFiles } from './ports.js';
export type { AppendRequest, AppendResult, PurgeBefore, RelayStore, StoredChat, StoredEvent } from './store.js';
export { version } from './version.js';
