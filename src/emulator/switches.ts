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
   * platform: Create a chat is asynchronous; `before` delivers `chat_created` before the create request is
   * answered.
   */
  chatCreatedWebhook: ['after', 'before'],
  /** OQ-55: success status of creating an end user that is new. */
  endUserCreated: [201, 200],
  /** OQ-55: success status of creating a chat. */
  chatCreated: [200, 201],
  /** OQ-11: form of `X-Signature-Timestamp`; `epoch` is in whole seconds. */
  signatureTimestamp: ['iso', 'epoch'],
  /** OQ-14: whether `sender.id` is the person's id (as in the chat object) or the participant's own. */
  senderId: ['person', 'participant'],
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

/** Makes the switches, each at its default. */
export function createSwitches(): Switches {
  let positions = defaultPositions();
  return {
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
