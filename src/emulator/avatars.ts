import type { PersonKind, Staff, StaffKind, StaffMember } from './people.js';

const kindNames = {
  agent: 'agent',
  'virtual-agent': 'virtual_agent',
  'task-virtual-agent': 'task_virtual_agent',
} as const;

/** White on each of these is readable (contrast above 4.5 to 1). */
const colors = ['#0f5c4a', '#7a3e9d', '#1d4f91', '#9a3b26', '#4d5a12', '#8a2257'] as const;

/** The absolute address of somebody's picture. `origin` is the emulator's own. */
export function toAvatarUrl(
  origin: string,
  person: { readonly kind: PersonKind; readonly id: number },
): string {
  return `${origin}/avatars/${person.kind.replaceAll('_', '-')}-${person.id}.svg`;
}

/** Answers `GET /avatars/<kind>-<id>.svg`; undefined when nobody has that picture. */
export function toAvatarResponse(file: string, staff: Staff): Response | undefined {
  const [, kindName, id] = /^([a-z-]+)-(\d+)\.svg$/.exec(file) ?? [];
  if (kindName === undefined || !Object.hasOwn(kindNames, kindName)) return undefined;
  const kind: StaffKind = kindNames[kindName as keyof typeof kindNames];
  const member = staff.find(kind, Number(id));
  if (member === undefined) return undefined;
  return new Response(toPicture(member), {
    headers: {
      'Content-Type': 'image/svg+xml',
      'Cache-Control': 'public, max-age=3600',
      'Content-Security-Policy': "default-src 'none'",
      'Cross-Origin-Resource-Policy': 'cross-origin',
      'X-Content-Type-Options': 'nosniff',
    },
  });
}

function toPicture(member: StaffMember): string {
  const color = colors[member.id % colors.length] ?? colors[0];
  const face = member.kind === 'agent' ? toInitials(member.name) : robot(color);
  return (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" width="64" height="64">' +
    `<circle cx="32" cy="32" r="32" fill="${color}"/>${face}</svg>`
  );
}

function toInitials(name: string): string {
  const words = name.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map(
    (word) => Array.from(word ?? '')[0] ?? '',
  );
  const initials = letters.join('').toLocaleUpperCase('en');
  return (
    '<text x="32" y="33" fill="#fff" font-family="system-ui,sans-serif" font-size="24" font-weight="600" ' +
    `text-anchor="middle" dominant-baseline="central">${initials}</text>`
  );
}

function robot(color: string): string {
  return (
    '<g fill="#fff"><rect x="30.5" y="11" width="3" height="9"/><circle cx="32" cy="11" r="3.5"/>' +
    '<rect x="14" y="19" width="36" height="28" rx="9"/><rect x="9" y="28" width="4" height="10" rx="2"/>' +
    `<rect x="51" y="28" width="4" height="10" rx="2"/></g><g fill="${color}">` +
    '<circle cx="24.5" cy="31" r="3.5"/>' +
    '<circle cx="39.5" cy="31" r="3.5"/><rect x="25" y="38.5" width="14" height="3" rx="1.5"/></g>'
  );
}
