import { SignJWT, decodeJwt, jwtVerify, type JWTPayload } from 'jose';
import { call, type World } from './world.js';

/** The company secret of the tenant in these tests. */
export const companySecret = 'company-secret-of-the-tenant';

export const ann = { identifier: 'c-ann', name: 'Ann', email: 'ann@example.com', phone: '+16175550100' };
export const ben = { identifier: 'c-ben', name: 'Ben' };

interface TokenOptions {
  readonly secret?: string;
  readonly algorithm?: string;
  /** Seconds from now; null leaves the claim out. */
  readonly expiresIn?: number | null;
  readonly issuedIn?: number;
  readonly validIn?: number;
}

/** Signs who somebody is, as a site does. */
export async function signToken(world: World, claims: JWTPayload, options: TokenOptions = {}): Promise<string> {
  const now = Math.floor(world.clock.now() / 1_000);
  const { secret = companySecret, algorithm = 'HS256', expiresIn = 600, issuedIn = 0, validIn } = options;
  const token = new SignJWT(claims).setProtectedHeader({ alg: algorithm }).setIssuedAt(now + issuedIn);
  if (expiresIn !== null) token.setExpirationTime(now + expiresIn);
  if (validIn !== undefined) token.setNotBefore(now + validIn);
  return token.sign(new TextEncoder().encode(secret));
}

/** Starts a chat as somebody; answers the whole of it. */
export async function startAs(world: World, claims: JWTPayload, body: object = {}) {
  return start(world, { identityToken: await signToken(world, claims), ...body });
}

export async function start(world: World, body: object = {}) {
  const response = await call(world, 'POST /chats', { body });
  const answer = (await response.json()) as { code?: string; token: string; chat: { id: number; status: string } };
  return { status: response.status, ...answer };
}

export async function codeOf(response: Response): Promise<string> {
  return ((await response.json()) as { code: string }).code;
}

/** Bodies of what the platform was asked at an address, in order. */
export function asked(world: World, route: string): Record<string, any>[] {
  return world.platform.calls.filter(({ method, path }) => `${method} ${path}` === route).map(({ body }) => body ?? {});
}

/** The data that the platform was told in the site's name, checked as the platform does. */
export async function signedDataOf(world: World): Promise<unknown[]> {
  const tokens = asked(world, 'POST /chats/37/custom_data').filter(({ signed }) => signed === true).map(({ signed_data }) => signed_data as string);
  const key = new TextEncoder().encode(companySecret);
  const currentDate = new Date(world.clock.now());
  await Promise.all(tokens.map((token) => jwtVerify(token, key, { algorithms: ['HS256'], currentDate })));
  return tokens.map((token) => decodeJwt(token)['custom_data']);
}

/** Waits, without the clock, until something is so: what runs beside a request has no other end, and signs on another thread. */
export async function until(isSo: () => boolean): Promise<void> {
  for (let turn = 0; turn < 5_000; turn += 1) {
    if (isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  throw new Error('It never came about.');
}

/** Lets time pass until the answer is there; tells how much, in milliseconds. */
export async function letPass<Answer>(world: World, answer: Promise<Answer>): Promise<{ answer: Answer; took: number }> {
  const begun = world.clock.now();
  const progress = { isThere: false };
  void answer.finally(() => (progress.isThere = true)).catch(() => undefined);
  for (let step = 0; step < 100 && !progress.isThere; step += 1) await world.clock.advance(250);
  return { answer: await answer, took: world.clock.now() - begun };
}

/** Lets time pass until something is so. */
export async function letPassUntil(world: World, isSo: () => boolean): Promise<void> {
  for (let step = 0; step < 100 && !isSo(); step += 1) await world.clock.advance(250);
  if (!isSo()) throw new Error('It never came about.');
}

/** A hook that never comes to an end. */
export const never = (): Promise<never> => new Promise(() => undefined);

/** A hook that fails, and whose reason must not get anywhere. */
export const fails = (): never => {
  throw new Error('CANARY ann@example.com');
};
