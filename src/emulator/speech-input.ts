import * as z from 'zod/mini';

const Text = z.string().check(z.trim(), z.minLength(1));
/** A list with something in it. */
const listOf = <Schema extends z.ZodMiniType>(schema: Schema): z.ZodMiniArray<Schema> =>
  z.array(schema).check(z.minLength(1));

const Buttons = z.looseObject({
  title: z.optional(z.string()),
  buttons: listOf(
    z.looseObject({
      title: Text,
      action: z.optional(Text),
      link: z.optional(Text),
      event_params: z.optional(z.record(z.string(), z.unknown())),
    }),
  ),
});
const Links = listOf(z.looseObject({ url: Text, text: z.optional(z.string()) }));
const Medium = z.looseObject({ content: z.looseObject({ media_id: z.int() }) });
const Words = z.looseObject({ content: z.union([Text, z.looseObject({ text: Text })]) });

/**
 * What each type must have (platform: Message types; What a virtual agent can emit). Types that are not here
 * pass as they are: a consumer has to bear them.
 */
const messageSchemas: Readonly<Record<string, z.ZodMiniType>> = {
  text: z.union([Words, z.looseObject({ messages: listOf(Text) })]),
  text_template: Words,
  markdown: Words,
  markdown_template: Words,
  inline_button: Buttons,
  sticky_button: Buttons,
  content_card: z.looseObject({
    cards: listOf(z.looseObject({ title: Text, images: z.optional(z.array(Text)) })),
  }),
  image: z.union([z.looseObject({ images: Links }), Medium]),
  video: z.union([z.looseObject({ videos: Links }), Medium]),
  document: z.union([z.looseObject({ documents: Links }), Medium]),
  form: z.looseObject({
    form: z.looseObject({ name: Text, title: Text, preview_endpoint: Text }),
    signature: Text,
  }),
  noti: z.looseObject({ event: Text }),
  complex: z.looseObject({ components: listOf(z.looseObject({ type: Text })) }),
};

const StaffKind = z.enum(['agent', 'virtual_agent', 'task_virtual_agent']);

/** Body of `POST /emulator/chats/:id/messages`. */
export const SpeechInput = z.object({
  from: StaffKind,
  message: z
    .looseObject({
      type: Text,
      content: z.optional(z.union([z.string(), z.record(z.string(), z.unknown())])),
    })
    .check((context) => {
      for (const { path, message } of findMessageFaults(context.value))
        context.issues.push({ code: 'custom', input: context.value, path: [...path], message });
    }),
});

interface MessageFault {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

function findMessageFaults(message: Readonly<Record<string, unknown>>): readonly MessageFault[] {
  const type = String(message.type);
  const schema = Object.hasOwn(messageSchemas, type) ? messageSchemas[type] : undefined;
  const result = schema?.safeParse(message);
  if (result?.success === false) return result.error.issues.map((issue) => toFault(type, issue));
  const components = type === 'complex' ? (message.components as Readonly<Record<string, unknown>>[]) : [];
  return components.flatMap((component, index) =>
    findMessageFaults(component).map(({ path, message: text }) => ({
      path: ['components', index, ...path],
      message: text,
    })),
  );
}

/** Where a type has two forms, none of which fits, the first thing it may need is named. */
function toFault(type: string, { code, path, message }: z.core.$ZodIssue): MessageFault {
  const needs = needed[type];
  return code === 'invalid_union' && path.length === 0 && needs !== undefined
    ? { path: [needs], message: `a ${type} needs ${needs}` }
    : { path, message };
}

const needed: Readonly<Record<string, string>> = {
  text: 'content',
  image: 'images',
  video: 'videos',
  document: 'documents',
};
