import type { Menu } from './chat.js';
import { defaultInactivity, type Inactivity } from './inactivity.js';
import type { Afterwards, CastMember, Rule, Script } from './script.js';
import { readDeed, readDeflection, type Surroundings } from './script-deeds.js';
import { readLines } from './script-messages.js';
import { parseScriptText, type ScriptNode } from './script-node.js';
import { readBoolean, readChoice, readDuration, readPattern, readQueue } from './script-values.js';
import type { Arrival } from './transfers.js';

const roles = ['agent', 'virtual_agent', 'task_virtual_agent'] as const;
const topKeys = ['about', 'queues', 'new_chat', 'asking_for_a_human', 'silence', 'people'];
const personKeys = [
  ...['role', 'queues', 'arrives', 'typing', 'greets', 'on_arrival', 'answers', 'otherwise'],
  ...['after_task', 'during_task', 'on_return'],
];
const ruleKeys = ['when', 'matching', 'says', 'then', 'not_after_greeting'];

/**
 * Reads a scenario. The format is described in docs/emulator.md.
 * @param file how errors call it
 * @throws ScriptError with file, line and what was expected
 */
export function readScript(file: string, text: string): Script {
  const top = parseScriptText(file, text);
  const entries = top.entries(`takes ${topKeys.join(', ')}`, topKeys);
  const menus = readMenus(entries.get('queues') ?? top.fail('needs queues'));
  const people = (entries.get('people') ?? top.fail('needs people')).entries('takes names, each with a role');
  const roleOf = (node: ScriptNode): CastMember['kind'] => {
    const role = node.entries('takes a role and what they say', personKeys).get('role');
    return readChoice(role ?? node.fail('needs a role'), roles);
  };
  const virtualAgents = [...people].filter(([, node]) => roleOf(node) === 'virtual_agent');
  const surroundings: Surroundings = {
    queues: new Set(menus.map(({ id }) => id)),
    virtualAgents: new Set(virtualAgents.map(([name]) => name)),
  };
  const cast = [...people].map(([name, node]) =>
    readPerson(node, { name, kind: roleOf(node), surroundings }),
  );
  const newChat = entries.get('new_chat');
  return {
    name: file,
    menus,
    cast,
    newChat: newChat === undefined ? 'nobody' : readChoice(newChat, ['virtual_agent', 'agent', 'nobody']),
    ...readReactions(entries),
  };
}

function readMenus(node: ScriptNode): readonly Menu[] {
  const expected = 'takes numbers and names, such as 100: Support';
  const menus = [...node.entries(expected)].map(([id, name]) =>
    /^[1-9]\d{0,8}$/.test(id) ? { id: Number(id), name: name.text() } : name.fail(expected),
  );
  return menus.some(({ id }) => id === 100) ? menus : node.fail('needs queue 100, which every script has');
}

function readReactions(entries: ReadonlyMap<string, ScriptNode>): Pick<Script, 'asking' | 'silence'> {
  const asking = entries.get('asking_for_a_human');
  const silence = entries.get('silence');
  return {
    ...(asking !== undefined && { asking: readAsking(asking) }),
    ...(silence !== undefined && { silence: readSilence(silence) }),
  };
}

function readAsking(node: ScriptNode): NonNullable<Script['asking']> {
  const entries = node.entries('takes comes_after, deflected_after, reason and offers', [
    ...['comes_after', 'deflected_after', 'reason', 'offers'],
  ]);
  const comes = entries.get('comes_after');
  const deflected = entries.get('deflected_after');
  if (deflected === undefined && (entries.has('reason') || entries.has('offers')))
    node.fail('needs deflected_after beside reason and offers');
  return {
    comesAfter: comes === undefined ? undefined : readDuration(comes),
    deflected:
      deflected === undefined
        ? undefined
        : { after: readDuration(deflected), ...readDeflection(node, ['comes_after', 'deflected_after']) },
  };
}

function readSilence(node: ScriptNode): Partial<Inactivity> {
  const entries = node.entries('takes dismissed_after and ended_after', ['dismissed_after', 'ended_after']);
  const dismissed = entries.get('dismissed_after');
  const ended = entries.get('ended_after');
  const silence = {
    ...(dismissed !== undefined && { dismissAfter: readDuration(dismissed) }),
    ...(ended !== undefined && { timeOutAfter: readDuration(ended) }),
  };
  const { dismissAfter = 0, timeOutAfter } = { ...defaultInactivity, ...silence };
  return dismissAfter <= timeOutAfter ? silence : node.fail('needs dismissed_after to be no longer than ended_after');
}

interface PersonContext {
  readonly name: string;
  readonly kind: CastMember['kind'];
  readonly surroundings: Surroundings;
}

function readPerson(node: ScriptNode, { name, kind, surroundings }: PersonContext): CastMember {
  const entries = node.entries('takes a role and what they say', personKeys);
  const optional = <Value>(key: string, read: (value: ScriptNode) => Value): Value | undefined => {
    const value = entries.get(key);
    return value === undefined ? undefined : read(value);
  };
  const readQueues = (value: ScriptNode): readonly number[] =>
    value.items().map((each) => readQueue(each, surroundings.queues));
  const readAfterwards = (value: ScriptNode): Afterwards => readDuringTask(value, surroundings);
  return {
    kind,
    name,
    menuIds: optional('queues', readQueues),
    arrives: optional('arrives', readArrival),
    onArrival: optional('on_arrival', (deed) => readDeed(deed, surroundings)),
    typing: optional('typing', readTyping),
    greeting: optional('greets', readLines),
    rules: optional('answers', (list) => list.items().map((each) => readRule(each, surroundings))) ?? [],
    fallbacks: optional('otherwise', (list) => list.items().map(readLines)) ?? [],
    afterTask: optional('after_task', readLines),
    duringTask: optional('during_task', readAfterwards),
    onReturn: optional('on_return', readLines),
  };
}

function readArrival(node: ScriptNode): Arrival {
  return node.scalar() === 'never' ? 'never' : readDuration(node, 'takes a time such as "300 ms", or never');
}

function readTyping(node: ScriptNode): { readonly from: number; readonly to: number } {
  const [from, to, third] = node.items();
  if (from === undefined || to === undefined || third !== undefined)
    return node.fail('takes the shortest and the longest pause, such as [300 ms, 2 s]');
  const typing = { from: readDuration(from), to: readDuration(to) };
  return typing.from <= typing.to ? typing : node.fail('takes the shortest pause first');
}

function readRule(node: ScriptNode, surroundings: Surroundings): Rule {
  const entries = node.entries('takes when or matching, and says', ruleKeys);
  const { when, matching } = { when: entries.get('when'), matching: entries.get('matching') };
  if ((when === undefined) === (matching === undefined))
    node.fail('needs either when: (words) or matching: (a pattern)');
  const says = entries.get('says');
  const then = entries.get('then');
  if (says === undefined && then === undefined) node.fail('needs says or then');
  const greeting = entries.get('not_after_greeting');
  return {
    when: matching === undefined ? (when?.items() ?? []).map((word) => word.text()) : readPattern(matching),
    say: says === undefined ? [] : readLines(says),
    then: then === undefined ? undefined : readDeed(then, surroundings),
    isGreeting: greeting !== undefined && readBoolean(greeting),
  };
}

function readDuringTask(node: ScriptNode, surroundings: Surroundings): Afterwards {
  const entries = node.entries('takes after, says and then', ['after', 'says', 'then']);
  const says = entries.get('says');
  const then = entries.get('then');
  return {
    after: readDuration(entries.get('after') ?? node.fail('needs after: how long')),
    say: says === undefined ? [] : readLines(says),
    then: then === undefined ? undefined : readDeed(then, surroundings),
  };
}
