/** What drawing a part of a rich message needs to know and may cause. */
export interface RichContext {
  /** Schemes beside http and https whose links are followed. */
  readonly linkSchemes: readonly string[];
  /** Null: markdown is shown as the text it is. */
  readonly renderMarkdown: ((text: string) => unknown) | null;
  /**
   * Whether answers can be tapped. `tapped`: just done, the focus may still be on one of them and stays there.
   * `closed`: answered earlier, or the chat is over.
   */
  readonly replies: 'open' | 'tapped' | 'closed';
  readonly onReply: (title: string) => void;
  readonly onRequestAgent: () => void;
  /** Whether a picture or video of that address could not be loaded. */
  readonly isBroken: (url: string) => boolean;
  readonly onBroken: (url: string) => void;
}
