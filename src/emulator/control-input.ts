import * as z from 'zod/mini';
import { ControlError } from './errors.js';
import { failReasons, type FailReason } from './reasons.js';

const StaffKind = z.enum(['agent', 'virtual_agent', 'task_virtual_agent']);
const NonEmptyText = z.string().check(z.trim(), z.minLength(1));

/** Body of `POST /emulator/chats/:id/transfers`. */
export const TransferInput = z.object({
  to: StaffKind,
  name: z.optional(NonEmptyText),
  menuId: z.optional(z.int()),
  dataParameters: z.optional(z.record(z.string(), z.unknown())),
  /** When they come, in milliseconds; `never`: they do not, and what becomes of the chat a switch says. */
  arrives: z.optional(
    z.union([z.literal('never'), z.int().check(z.minimum(0), z.maximum(600_000))], {
      error: 'takes milliseconds, at most ten minutes, or "never"',
    }),
  ),
  /** The human agent ends a task before it is done. */
  force: z.optional(z.boolean()),
});

/** Body of `POST /emulator/chats/:id/deflections`: a channel by name, or with the link behind it. */
export const DeflectionInput = z.object({
  reason: NonEmptyText,
  channels: z
    .array(
      z.union([
        z.pipe(NonEmptyText, z.transform((channel) => ({ channel }))),
        z.object({
          channel: NonEmptyText,
          label: z.optional(NonEmptyText),
          url: z.optional(z.url()),
        }),
      ]),
    )
    .check(z.minLength(1)),
});

/** Body of `POST /emulator/chats`: a chat that begins in the web or mobile SDK. */
export const SdkChatInput = z.object({
  identifier: NonEmptyText,
  name: z.optional(NonEmptyText),
  menuId: z._default(z.int(), 100),
});

/** Body of `POST /emulator/chats/:id/fail`. */
export const FailureInput = z.object({ reason: z.enum(Object.keys(failReasons) as FailReason[]) });

/** Body of `PUT /emulator/switches`; names and values are checked by the switches themselves. */
export const SwitchesInput = z.object({ switches: z.record(z.string(), z.unknown()) });

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
