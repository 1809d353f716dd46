import * as z from 'zod/mini';
import { readEndReason } from './end-reason.js';
import { isRecord } from './is-record.js';

// Tolerant by rule (platform: Errors, forward compatibility): unknown keys are dropped, and a missing or
// malformed key that we can live without reads as null. Dropped rather than passed on, so that nothing
// unforeseen travels towards a browser.

/** An id: a number, also where it comes as digits in a string. */
export const Id = z
  .pipe(
    z.union([z.number(), z.string().check(z.regex(/^\d{1,16}$/))]),
    z.transform((id) => Number(id)),
  )
  .check(z.refine((id) => Number.isSafeInteger(id) && id >= 0));

function orNull<Schema extends z.ZodMiniType>(schema: Schema) {
  return z.catch(z.nullable(schema), null);
}

/** A list without the entries that cannot be read. */
function listOf<Schema extends z.ZodMiniType>(schema: Schema) {
  return z.pipe(
    z.array(orNull(schema)),
    z.transform((items) => items.filter((item) => item !== null)),
  );
}

const Text = orNull(z.string());

/** Somebody who answers: a human or a virtual agent. All text is data, never HTML. */
export const PlatformPerson = z.object({
  id: Id,
  name: Text,
  first_name: Text,
  avatar_url: Text,
  status: Text,
});
export type PlatformPerson = z.infer<typeof PlatformPerson>;

/** platform: End users. */
export const PlatformEndUser = z.object({ id: Id, identifier: Text });
export type PlatformEndUser = z.infer<typeof PlatformEndUser>;

/**
 * platform: The chat object. `agent` and `virtual_agent` are null while nobody of that kind is assigned;
 * `status` is an open set (OQ-23); times are as the platform wrote them; `status_text` holds HTML in practice
 * and must never be inserted as such. `end_reason` is ours: see `readEndReason`.
 */
export const PlatformChat = z.pipe(
  z.transform((chat) => (isRecord(chat) ? { ...chat, end_reason: readEndReason(chat) } : chat)),
  z.object({
    id: Id,
    status: z.string(),
    status_text: Text,
    features: z.catch(listOf(z.string()), []),
    created_at: Text,
    ends_at: Text,
    timeout_at: Text,
    agent: orNull(PlatformPerson),
    virtual_agent: orNull(PlatformPerson),
    all_agents: z.catch(listOf(PlatformPerson), []),
    all_virtual_agents: z.catch(listOf(PlatformPerson), []),
    lang: Text,
    menus: z.catch(listOf(z.object({ id: Id, name: Text })), []),
    end_user: orNull(PlatformEndUser),
    end_reason: Text,
  }),
);
export type PlatformChat = z.infer<typeof PlatformChat>;

/** platform: Escalate. `status`: escalating, escalated, canceled, deflecting, deflected; an open set. */
export const PlatformEscalation = z.object({ id: Id, chat_id: orNull(Id), status: z.string() });
export type PlatformEscalation = z.infer<typeof PlatformEscalation>;

const FormValue = z.pipe(z.union([z.string(), z.number()]), z.transform(String));

/** platform: Attachments. Every field has to be sent on, and the file last; valid for 5 minutes. */
export const PresignedForm = z.object({ url: z.string(), fields: z.record(z.string(), FormValue) });
export type PresignedForm = z.infer<typeof PresignedForm>;

/** platform: Attachments. Messages refer to media by `media_id` alone. */
export const PlatformMedia = z.object({ media_id: Id, url: Text });
export type PlatformMedia = z.infer<typeof PlatformMedia>;

/** One photo or video was attached; the platform may answer with a list of one (OQ-5). */
export const AttachedMedia = z.union([
  PlatformMedia,
  z.pipe(
    z.array(PlatformMedia).check(z.minLength(1)),
    z.transform((items) => items[0] as PlatformMedia),
  ),
]);

export const MediaList = listOf(PlatformMedia);

const Flag = orNull(z.boolean());

/** platform: endpoint 17. Null where the platform does not say; the plural key is read too (OQ-6). */
export const CustomerFlags = z.pipe(
  z.object({ verified_customer: Flag, bad_actor: Flag, repeat_customer: Flag, repeat_customers: Flag }),
  z.transform(({ repeat_customers, ...flags }) => ({
    ...flags,
    repeat_customer: flags.repeat_customer ?? repeat_customers,
  })),
);
export type CustomerFlags = z.infer<typeof CustomerFlags>;

const Count = orNull(z.number());

/** platform: Wait times. The unit of `chat`, `voice_call` and `wait` is not certain (OQ-29). */
export const WaitTimes = listOf(
  z.object({
    menu_id: Id,
    menu_type: Text,
    chat: Count,
    voice_call: Count,
    wait: Count,
    materialized_path: Text,
    logged_in_agents: Count,
    available_agents: Count,
    breakthrough_agents: Count,
  }),
);
export type WaitTimes = z.infer<typeof WaitTimes>;

/** platform: endpoint 22. The answer is not documented: whatever JSON came. */
export const QueueStatus = z.unknown();

/** platform: Settings. `hide_va_to_va_system_messages` is looked for at the top and under `chat` (OQ-17). */
export const ChatSettings = z.pipe(
  z.object({
    hide_va_to_va_system_messages: Flag,
    chat: orNull(z.object({ hide_va_to_va_system_messages: Flag })),
  }),
  z.transform((settings) => ({
    hide_va_to_va_system_messages:
      settings.hide_va_to_va_system_messages ?? settings.chat?.hide_va_to_va_system_messages ?? null,
  })),
);
export type ChatSettings = z.infer<typeof ChatSettings>;
