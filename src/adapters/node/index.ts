// Node's HTTP server for anything that answers web requests, and the built widget from disk.
export {
  toNodeHandler,
  type FetchHandler,
  type NodeHandler,
  type NodeHandlerOptions,
} from './to-node-handler.js';
export { listen, PortTakenError, type Listening, type ListenOptions } from './listen.js';
export { readWidgetFiles } from './widget-files.js';
