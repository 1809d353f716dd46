import type { PlatformChat } from '../platform/index.js';
import { chatPhase, type Participant } from '../protocol/index.js';
import { isTask } from './view.js';

type Person = NonNullable<PlatformChat['agent']>;
type StaffKind = 'agent' | 'virtual_agent';

/** Everybody of one kind that the chat object knows. */
interface Roll {
  readonly kind: StaffKind;
  readonly people: readonly Person[];
  /** Who is assigned, whether or not it is their turn to answer. */
  readonly assigned: Person | null;
  /** True where whoever is assigned answers. */
  readonly isOn: boolean;
}

/**
 * Who takes part, from the chat object and from who was known before. The object has names, pictures and who is assigned; what
 * it does not tell is who is a task virtual agent: only webhooks do.
 */
export function toParticipants(platform: PlatformChat, known: readonly Participant[]): Participant[] {
  const phase = chatPhase(platform.status);
  // A status that is newer than this code says nothing; that somebody is assigned still does.
  const isHuman = phase === 'agent' || (phase === 'unknown' && platform.agent !== null);
  const isVirtual = phase === 'virtual_agent' || (phase === 'unknown' && platform.agent === null);
  const agents = toRoll('agent', { assigned: platform.agent, all: platform.all_agents, isOn: isHuman });
  const virtualAgents = toRoll('virtual_agent', {
    assigned: platform.virtual_agent,
    all: platform.all_virtual_agents,
    isOn: isVirtual,
  });
  return [
    ...known.map((one) => {
      if (isTask(one)) return toTask(one, virtualAgents, phase === 'agent' || phase === 'unknown');
      return toKnown(one, one.kind === 'agent' ? agents : virtualAgents, known);
    }),
    ...toNew(agents, known, []),
    ...toNew(virtualAgents, known, isHuman && platform.virtual_agent ? [platform.virtual_agent.id] : []),
  ];
}

/** Nobody is in a chat that is over or asleep. */
export function withoutAnybody(participants: readonly Participant[]): Participant[] {
  return participants.map((one) => (one.active ? { ...one, active: false } : one));
}

function toRoll(
  kind: StaffKind,
  { assigned, all, isOn }: { assigned: Person | null; all: readonly Person[]; isOn: boolean },
): Roll {
  const people = assigned && all.every(({ id }) => id !== assigned.id) ? [...all, assigned] : all;
  return { kind, people, assigned, isOn };
}

/**
 * A task virtual agent is there until the chat object, which has shown it at work during this task, shows it no more. That it has
 * is remembered by its name and picture: they are taken over only while it is shown.
 */
function toTask(task: Participant, { people, assigned }: Roll, isOn: boolean): Participant {
  if (!task.active) return task;
  const isShown = assigned?.id === task.id;
  const wasShown = task.name !== null || task.avatarUrl !== null;
  const person = isShown ? people.find(({ id }) => id === task.id) : undefined;
  return { ...task, ...(person && toFacts(person)), active: isOn && (isShown || !wasShown) };
}

function toKnown(one: Participant, roll: Roll, known: readonly Participant[]): Participant {
  const person = roll.people.find(({ id }) => id === one.id) ?? namesake(one, roll, known);
  const isAssigned = person !== undefined && person.id === roll.assigned?.id;
  return { ...one, ...(person && withoutGaps(toFacts(person), one)), active: roll.isOn && isAssigned };
}

/**
 * Events may call somebody by another number than the chat object does: that of the participant, not of the person (OQ-14).
 * Whoever is assigned and was never heard of is then the one who is there, whom the object never named.
 */
function namesake(one: Participant, roll: Roll, known: readonly Participant[]): Person | undefined {
  const { assigned } = roll;
  return assigned && strangersLike(assigned, roll, known).at(-1) === one ? assigned : undefined;
}

/** Those who may be this person by another number; the likeliest is the last. */
function strangersLike(person: Person, { kind, people, assigned }: Roll, known: readonly Participant[]): Participant[] {
  const ofKind = known.filter((each) => each.kind === kind);
  if (ofKind.some(({ id }) => id === person.id)) return [];
  const strangers = ofKind.filter(({ id }) => people.every((each) => each.id !== id));
  const { name } = toFacts(person);
  const nameless = strangers.filter((each) => person.id === assigned?.id && each.active && each.name === null);
  return [...nameless, ...strangers.filter((each) => name !== null && each.name === name)];
}

/** Those whom no event has told of yet; `unclear` are virtual agents beside a human: tasks, as a rule. */
function toNew(roll: Roll, known: readonly Participant[], unclear: readonly number[]): Participant[] {
  const taken = known.filter((one) => one.kind === roll.kind || (roll.kind === 'virtual_agent' && isTask(one)));
  const isNew = (person: Person) =>
    !unclear.includes(person.id) &&
    taken.every(({ id }) => id !== person.id) &&
    strangersLike(person, roll, known).length === 0;
  return roll.people.filter(isNew).map((person) => ({
    kind: roll.kind,
    id: person.id,
    ...toFacts(person),
    active: roll.isOn && person.id === roll.assigned?.id,
  }));
}

type Facts = Pick<Participant, 'name' | 'avatarUrl'>;

function toFacts(person: Person): Facts {
  return { name: person.name ?? person.first_name ?? null, avatarUrl: toAvatarUrl(person.avatar_url ?? null) };
}

function withoutGaps({ name, avatarUrl }: Facts, before: Facts): Facts {
  return { name: name ?? before.name, avatarUrl: avatarUrl ?? before.avatarUrl };
}

/** Only addresses a browser may load without harm: https, or http on this machine. */
function toAvatarUrl(address: string | null): string | null {
  const url = address !== null && URL.canParse(address) ? new URL(address) : null;
  if (!url || url.username !== '' || url.password !== '') return null;
  const isLoopback = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback) ? url.href : null;
}
