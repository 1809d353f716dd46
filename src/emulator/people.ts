/** Who can take part in a chat, in the platform's own words. */
export type PersonKind = 'end_user' | 'agent' | 'virtual_agent' | 'task_virtual_agent';

/** Whoever the contact center can put into a chat. */
export type StaffKind = Exclude<PersonKind, 'end_user'>;

/** Somebody of the contact center: the same person, with the same id, in every chat. */
export interface StaffMember {
  readonly kind: StaffKind;
  readonly id: number;
  readonly name: string;
}

/** Knows everybody of the contact center by kind and name; whoever is not known yet is taken on. */
export interface Staff {
  get(kind: StaffKind, name: string): StaffMember;
  find(kind: StaffKind, id: number): StaffMember | undefined;
}

/**
 * Makes the staff. Human agents count from 7; both kinds of virtual agents share one sequence from 15,
 * because the chat object lists them together (platform: The chat object).
 */
export function createStaff(): Staff {
  const members: StaffMember[] = [];
  let nextAgentId = 7;
  let nextVirtualAgentId = 15;

  function hire(kind: StaffKind, name: string): StaffMember {
    const id = kind === 'agent' ? nextAgentId++ : nextVirtualAgentId++;
    const member = { kind, id, name };
    members.push(member);
    return member;
  }

  return {
    get: (kind, name) => members.find((each) => each.kind === kind && each.name === name) ?? hire(kind, name),
    find: (kind, id) => members.find((each) => each.kind === kind && each.id === id),
  };
}
