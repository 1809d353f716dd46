import * as z from 'zod/mini';
import type { Chat, Escalation } from './chat.js';
import type { Parameters } from './parameters.js';

/** What a template can put in, by the name between its braces. */
const fillers = {
  'chat.id': ({ chat }: Occasion) => chat.id,
  'chat.status': ({ chat }: Occasion) => chat.status,
  'escalation.id': ({ escalation }: Occasion) => escalation.id,
  'escalation.status': ({ escalation }: Occasion) => escalation.status,
  'escalation.reason': ({ escalation }: Occasion) => escalation.reason,
  'deflection.reason': ({ escalation }: Occasion) => escalation.deflection?.reason ?? null,
  /** `[{channel, label?, url?}]`. */
  'deflection.channels': ({ escalation }: Occasion) => escalation.deflection?.channels ?? [],
  /** Only their names. */
  'deflection.channelNames': ({ escalation }: Occasion) =>
    (escalation.deflection?.channels ?? []).map(({ channel }) => channel),
} as const satisfies Record<string, (occasion: Occasion) => unknown>;

interface Occasion {
  readonly chat: Chat;
  readonly escalation: Escalation;
}

const placeholder = /\{([\w.]+)\}/g;
const known = Object.keys(fillers).join(', ');

const Template = z
  .object(
    {
      event_type: z.string({ error: 'takes the name of an event' }).check(z.minLength(1, 'takes a name')),
      body: z.record(z.string(), z.unknown(), { error: 'takes an object' }),
    },
    { error: 'takes event_type and body' },
  )
  .check((context) => {
    for (const [, name = ''] of JSON.stringify(context.value.body).matchAll(placeholder))
      if (!Object.hasOwn(fillers, name)) {
        const message = `there is no {${name}}; there are ${known}`;
        context.issues.push({ code: 'custom', input: context.value, path: ['body'], message });
      }
  });

/** Event type and body of the events that the documents promise and do not show (OQ-10). */
export const TemplatesInput = z.strictObject(
  {
    /** A human is asked for; sent with `escalationWebhook: sent`. */
    escalated: z.optional(Template),
    /** Other ways out are offered; sent with `deflectionWebhook: sent`. */
    deflected: z.optional(Template),
  },
  { error: 'takes templates for escalated and deflected' },
);

/** Templates by what happens. */
export type Templates = Readonly<Record<'escalated' | 'deflected', z.output<typeof Template>>>;

/** All of it is invented, the names of the events as well. */
const inventedTemplates: Templates = {
  escalated: {
    event_type: 'escalation_started',
    body: { escalation: toEscalationTemplate() },
  },
  deflected: {
    event_type: 'escalation_deflected',
    body: {
      escalation: toEscalationTemplate(),
      deflection: { reason: '{deflection.reason}', channels: '{deflection.channels}' },
    },
  },
};

function toEscalationTemplate(): Parameters {
  return { id: '{escalation.id}', status: '{escalation.status}', reason: '{escalation.reason}' };
}

/** The events as they are told. */
export interface EventTemplates {
  all(): Templates;
  /** What is not named stays. */
  set(given: z.output<typeof TemplatesInput>): void;
  fill(name: keyof Templates, occasion: Occasion): { readonly eventType: string; readonly body: Parameters };
}

/**
 * Makes the templates, the invented ones where none are given.
 * @throws RangeError for a template that is wrong
 */
export function createEventTemplates(given: unknown = {}): EventTemplates {
  const result = TemplatesInput.safeParse(given);
  if (!result.success) throw new RangeError(`templates: ${result.error.issues[0]?.message ?? 'wrong'}.`);
  let templates = merge(inventedTemplates, result.data);
  return {
    all: () => templates,
    set: (wanted) => {
      templates = merge(templates, wanted);
    },
    fill: (name, occasion) => {
      const { event_type: eventType, body } = templates[name];
      return { eventType, body: fillIn(body, occasion) as Parameters };
    },
  };
}

function merge(
  templates: Templates,
  { escalated = templates.escalated, deflected = templates.deflected }: z.output<typeof TemplatesInput>,
): Templates {
  return { escalated, deflected };
}

/** A text that is nothing but a placeholder becomes the value itself. */
function fillIn(value: unknown, occasion: Occasion): unknown {
  if (typeof value === 'string') return fillInText(value, occasion);
  if (Array.isArray(value)) return value.map((each) => fillIn(each, occasion));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, fillIn(each, occasion)]));
}

function fillInText(text: string, occasion: Occasion): unknown {
  const find = (name: string): unknown => fillers[name as keyof typeof fillers](occasion);
  const alone = /^\{([\w.]+)\}$/.exec(text)?.[1];
  if (alone !== undefined) return find(alone);
  return text.replaceAll(placeholder, (_, name: string) => {
    const found = find(name);
    return typeof found === 'string' ? found : JSON.stringify(found);
  });
}
