import * as z from 'zod/mini';
import { ControlError } from './errors.js';

const StaffKind = z.enum(['agent', 'virtual_agent', 'task_virtual_agent']);
const NonEmptyText = z.string().check(z.trim(), z.minLength(1));

/** Body of `POST /emulator/chats/:id/messages`. Further keys of richer message types pass through. */
export const SpeechInput = z.object({
  from: StaffKind,
  message: z
    .looseObject({
      type: NonEmptyText,
      content: z.optional(z.union([z.string().check(z.minLength(1)), z.record(z.string(), z.unknown())])),
    })
    .check(z.refine(hasItsText, { error: 'a text or markdown needs its content', path: ['content'] })),
});

/** Body of `POST /emulator/chats/:id/transfers`. */
export const TransferInput = z.object({
  to: StaffKind,
  name: z.optional(NonEmptyText),
  menuId: z.optional(z.int()),
});

/** Body of `PUT /emulator/switches`; names and values are checked by the switches themselves. */
export const SwitchesInput = z.object({ switches: z.record(z.string(), z.unknown()) });

function hasItsText({ type, content }: { readonly type: string; readonly content?: unknown }): boolean {
  return content !== undefined || (type !== 'text' && type !== 'markdown');
}

/**
 * Reads and checks the body of a control request.
 * @throws ControlError 400 `invalid-json` or `invalid-request`; the message says where it is wrong
 */
export async function readControlInput<Schema extends z.ZodMiniType>(
  request: Request,
  schema: Schema,
): Promise<z.output<Schema>> {
  const result = schema.safeParse(parseJson(await request.text()));
  if (result.success) return result.data;
  const faults = result.error.issues.map(
    ({ path, message }) => `${path.length === 0 ? 'the body' : path.join('.')}: ${message}`,
  );
  throw new ControlError(400, 'invalid-request', faults.join('; '));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ControlError(400, 'invalid-json', 'The body is not JSON.');
  }
}
