import { chatSwitchValues } from './chat-switches.js';
import { webhookSwitchValues } from './webhook-switches.js';

/**
 * Both readings of each open question that changes what the emulator does. The first value of each list is
 * the default.
 */
export const switchValues = {
  /** OQ-1: which form of a text's `content` a sent message may have. `both`: a string or `{text}`. */
  messageContent: ['both', 'string', 'object'],
  /** OQ-1: which form a text has in webhooks. */
  webhookTextContent: ['string', 'object'],
  /**
   * platform: Create a chat is asynchronous: `before` delivers `chat_created` before the create request is
   * answered, `during` lets the two race.
   */
  chatCreatedWebhook: ['after', 'before', 'during'],
  /** platform: Errors, forward compatibility: whether some webhooks are of an event type that nobody knows. */
  unknownEvents: ['none', 'sprinkled'],
  /** The same for keys, in webhooks and in answers. */
  unknownKeys: ['none', 'sprinkled'],
  /** OQ-55: success status of creating an end user that is new. */
  endUserCreated: [201, 200],
  /** OQ-55: success status of creating a chat. */
  chatCreated: [200, 201],
  /** OQ-11: form of `X-Signature-Timestamp`; `epoch` is in whole seconds. */
  signatureTimestamp: ['iso', 'epoch'],
  /** OQ-14: whether `sender.id` is the person's id (as in the chat object) or the participant's own. */
  senderId: ['person', 'participant'],
  /** platform: Attachments shows the fields of both storage services: the form's are `x-amz-` or `x-goog-`. */
  bucketFamily: ['s3', 'gcs'],
  /** OQ-35: whether a page may post to the bucket, or only a server. */
  bucketCors: ['allowed', 'refused'],
  /** OQ-36: the status that a form asks for when a file is stored; 201 has an XML body. */
  uploadSuccess: [201, 204, 200],
  /** OQ-58: megabytes that the form for a photo allows; 20 is what the official web SDK takes. */
  photoMegabytes: [2, 20],
  /** OQ-4: whether a photo can be attached without `photo_type`. */
  photoType: ['optional', 'required'],
  /** OQ-5: what attaching one photo is answered with; several are always a list. */
  photoAnswer: ['object', 'array'],
  /** OQ-3: the body that attaches a video: `either` takes that of the photos as well. */
  videoBody: ['video', 'either'],
  /** OQ-8: which forms of the address of a file there are. */
  mediaAddress: ['both', 'path', 'query'],
  /** OQ-34: how long the address of an attached photo or video can be read, in seconds. */
  mediaUrlSeconds: [604_800, 300],
  /** OQ-57: which files an agent may send: those of any page of the documents, or those of this API's page. */
  agentFileTypes: ['any-page', 'api-page'],
  ...chatSwitchValues,
  ...webhookSwitchValues,
} as const satisfies Record<string, readonly (string | number)[]>;

export type SwitchName = keyof typeof switchValues;
export type SwitchPosition<Name extends SwitchName> = (typeof switchValues)[Name][number];
export type SwitchPositions = { readonly [Name in SwitchName]: SwitchPosition<Name> };

/** Where every switch stands. */
export interface Switches {
  get<Name extends SwitchName>(name: Name): SwitchPosition<Name>;
  all(): SwitchPositions;
  /**
   * Sets the named switches, all or none.
   * @returns what is wrong with the request in one sentence, or undefined when it was done.
   */
  set(positions: Readonly<Record<string, unknown>>): string | undefined;
}

/**
 * Makes the switches, each at its default unless told otherwise.
 * @throws RangeError for a name or a position that there is not
 */
export function createSwitches(given: Readonly<Record<string, unknown>> = {}): Switches {
  let positions = defaultPositions();
  const switches: Switches = {
    get: (name) => positions[name],
    all: () => ({ ...positions }),
    set: (wanted) => {
      const fault = Object.entries(wanted)
        .map(findFault)
        .find((found) => found !== undefined);
      if (fault === undefined) positions = { ...positions, ...wanted };
      return fault;
    },
  };
  const fault = switches.set(given);
  if (fault !== undefined) throw new RangeError(fault);
  return switches;
}

function defaultPositions(): SwitchPositions {
  const firsts = Object.entries(switchValues).map(([name, values]) => [name, values[0]]);
  return Object.fromEntries(firsts) as SwitchPositions;
}

function findFault([name, value]: [string, unknown]): string | undefined {
  if (!Object.hasOwn(switchValues, name)) {
    return `There is no switch "${name}"; there are ${Object.keys(switchValues).join(', ')}.`;
  }
  const allowed: readonly unknown[] = switchValues[name as SwitchName];
  return allowed.includes(value)
    ? undefined
    : `The switch "${name}" takes ${allowed.map((each) => JSON.stringify(each)).join(' or ')}.`;
}
