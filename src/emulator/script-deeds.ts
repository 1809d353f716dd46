import type { Deflection } from './chat.js';
import { toParameters } from './parameters.js';
import { failReasons, type FailReason } from './reasons.js';
import type { Deed } from './script.js';
import type { ScriptNode } from './script-node.js';
import { readChoice, readQueue } from './script-values.js';

/** Who and what a deed can name. */
export interface Surroundings {
  readonly queues: ReadonlySet<number>;
  readonly virtualAgents: ReadonlySet<string>;
}

const plainDeeds: Readonly<Record<string, Deed>> = {
  escalate: { type: 'escalate' },
  end: { type: 'end' },
  start_task: { type: 'start-task' },
  hand_back: { type: 'hand-back' },
  force_end_task: { type: 'force-end-task' },
  dismiss: { type: 'dismiss' },
};
const expectedDeed = `takes ${Object.keys(plainDeeds).join(', ')}, or one of transfer: fail: deflect:`;

/** What somebody does after their last line. */
export function readDeed(node: ScriptNode, surroundings: Surroundings): Deed {
  if (!node.isMap()) {
    const name = node.text(expectedDeed);
    return (Object.hasOwn(plainDeeds, name) ? plainDeeds[name] : undefined) ?? node.fail(expectedDeed);
  }
  const entries = node.entries(expectedDeed, ['transfer', 'fail', 'deflect']);
  const [entry, second] = [...entries];
  if (entry === undefined || second !== undefined) return node.fail(expectedDeed);
  const [name, value] = entry;
  if (name === 'transfer') return readTransfer(value, surroundings);
  if (name === 'deflect') return { type: 'deflect', deflection: readDeflection(value) };
  return { type: 'fail', reason: readChoice(value, Object.keys(failReasons) as FailReason[]) };
}

/** A name, the number of a queue, or a map that also has the data to be handed over. */
function readTransfer(node: ScriptNode, surroundings: Surroundings): Deed {
  if (!node.isMap()) return { type: 'transfer', ...readTarget(node, surroundings) };
  const entries = node.entries('takes to: and data:', ['to', 'data']);
  const target = readTarget(entries.get('to') ?? node.fail('needs to: whom'), surroundings);
  const data = entries.get('data');
  if (data === undefined) return { type: 'transfer', ...target };
  return { type: 'transfer', ...target, data: toParameters(data.json()) ?? data.fail('takes names and values') };
}

function readTarget(
  node: ScriptNode,
  { queues, virtualAgents }: Surroundings,
): { readonly name: string } | { readonly menuId: number } {
  if (/^\d+$/.test(node.text('takes a virtual agent’s name or the number of a queue')))
    return { menuId: readQueue(node, queues) };
  const name = node.text();
  if (virtualAgents.has(name)) return { name };
  const known = [...virtualAgents].join(', ');
  return node.fail(`names nobody who is a virtual agent here; there are ${known || 'none'}`);
}

/** A reason and the ways out that are offered (platform: Deflection). */
export function readDeflection(node: ScriptNode, alsoKnown: readonly string[] = []): Deflection {
  const entries = node.entries('takes reason and offers', ['reason', 'offers', ...alsoKnown]);
  const reason = (entries.get('reason') ?? node.fail('needs a reason, such as over_capacity')).text();
  const offers = entries.get('offers') ?? node.fail('needs offers: what the visitor may choose from');
  return { reason, channels: offers.items().map(readOffer) };
}

function readOffer(node: ScriptNode): Deflection['channels'][number] {
  const expected = 'takes a channel such as human_agent, email or external_link';
  if (!node.isMap()) return { channel: node.text(expected) };
  const entries = node.entries(expected, ['channel', 'label', 'url']);
  const channel = (entries.get('channel') ?? node.fail('needs a channel')).text();
  const label = entries.get('label')?.text();
  const url = entries.get('url')?.text();
  return { channel, ...(label !== undefined && { label }), ...(url !== undefined && { url }) };
}
