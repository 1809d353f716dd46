/** Which way bytes go: `upstream` to the server, `downstream` back to who connected. */
export type Direction = 'upstream' | 'downstream';

/**
 * What can befall one direction of a connection. Names and meanings are toxiproxy's, times are milliseconds.
 * Chances of a toxic are its own `random`, so that a seed repeats them.
 */
export type Toxic =
  /** Every byte arrives so much later, give or take `jitter`, in order. */
  | { readonly type: 'latency'; readonly latency: number; readonly jitter?: number }
  /** No more than so many thousand bytes a second. */
  | { readonly type: 'bandwidth'; readonly rate: number }
  /** The end of a connection arrives so much later. */
  | { readonly type: 'slow_close'; readonly delay: number }
  /**
   * Nothing arrives, and after this time the connection closes; 0: it stays open. Unlike toxiproxy's, which loses what
   * was sent meanwhile: it is held, as the network would send it again, and comes when the toxic is taken away.
   */
  | { readonly type: 'timeout'; readonly timeout: number }
  /** The connection is reset after this time; 0: at once. */
  | { readonly type: 'reset_peer'; readonly timeout: number }
  /** Bytes come in small packets of `averageSize`, give or take `sizeVariation`, with `delay` between them. */
  | { readonly type: 'slicer'; readonly averageSize: number; readonly sizeVariation?: number; readonly delay?: number }
  /** The connection closes after so many bytes. */
  | { readonly type: 'limit_data'; readonly bytes: number };
