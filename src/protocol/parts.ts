import * as z from 'zod/mini';

// Read by the relay when it translates, and in a browser only by the chunk that draws rich messages.

/**
 * A button. `quick_reply`: a tap sends the title as an ordinary message. `link`: opens `url`. `escalation`: asks for a person.
 * Any other action is shown as a disabled text.
 */
export const Button = z.object({
  title: z.string(),
  action: z.string(),
  /** An address as the platform sent it, not yet checked; null without one. */
  url: z.nullable(z.string()),
});
export type Button = z.infer<typeof Button>;

export const Card = z.object({
  title: z.nullable(z.string()),
  subtitle: z.nullable(z.string()),
  body: z.nullable(z.string()),
  url: z.nullable(z.string()),
  images: z.array(z.string()),
  buttons: z.array(Button),
});
export type Card = z.infer<typeof Card>;

/** A file by address, with the words that belong to it. */
export const LinkedFile = z.object({ url: z.string(), text: z.nullable(z.string()) });
export type LinkedFile = z.infer<typeof LinkedFile>;

/**
 * One part of a richer message (platform: Message types); a `complex` one has several, others one.
 * `sticky` buttons stay above the composer until one is tapped or another message comes.
 */
export const Part = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: z.string() }),
  z.object({ type: z.literal('markdown'), text: z.string() }),
  z.object({ type: z.literal('buttons'), title: z.nullable(z.string()), sticky: z.boolean(), buttons: z.array(Button) }),
  z.object({ type: z.literal('cards'), title: z.nullable(z.string()), cards: z.array(Card) }),
  z.object({ type: z.literal('image'), title: z.nullable(z.string()), files: z.array(LinkedFile) }),
  z.object({ type: z.literal('video'), title: z.nullable(z.string()), files: z.array(LinkedFile) }),
  z.object({ type: z.literal('document'), title: z.nullable(z.string()), files: z.array(LinkedFile) }),
  z.object({ type: z.literal('form'), title: z.nullable(z.string()), url: z.nullable(z.string()) }),
]);
export type Part = z.infer<typeof Part>;
