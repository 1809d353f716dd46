import { jwtVerify } from 'jose';
import * as z from 'zod/mini';
import { digest } from './handle.js';
import type { RelayHooks, SignedDataItem, Visitor } from './hooks.js';
import type { Clock } from './ports.js';
import { RelayError } from './relay-error.js';
import type { HookRunner } from './run-hook.js';

/** How far the clocks of the site and the relay may differ, in seconds. */
const CLOCK_SKEW = 60;

/** Who a visitor is, and what the token that said so vouches for. */
export interface Identity {
  readonly visitor: Visitor;
  /** SHA-256 of the identifier, hex: what chats of this visitor are found by. */
  readonly hash: string;
  /** `custom_data` of the token; empty without. */
  readonly data: Readonly<Record<string, SignedDataItem>>;
}

/** Where identities come from: the site's own session or its signature, never the page's word. */
export interface Identities {
  /** True where there is any way to be known. */
  readonly isPossible: boolean;
  /**
   * Who asks: as the hook `identify` says, else as the token says, else nobody (null). Rejects with `identity-unavailable`
   * where the hook fails and with `identity-invalid` where the token does: never nobody in place of somebody.
   */
  find(request: Request, token: string | undefined): Promise<Identity | null>;
  /** Checks a token. Rejects with `identity-invalid`. */
  verify(token: string): Promise<Identity>;
}

export interface IdentitiesOptions {
  /** Without it no token is good. */
  readonly companySecret: string | undefined;
  readonly hooks: RelayHooks;
  readonly runHook: HookRunner;
  readonly clock: Clock;
}

export function createIdentities(options: IdentitiesOptions): Identities {
  const { companySecret, hooks, runHook } = options;

  async function identify(request: Request): Promise<Identity | null> {
    if (!hooks.identify) return null;
    try {
      const answer = await runHook('identify', async () => readAnswer(await hooks.identify?.(request)));
      return answer && (await toIdentity(answer, {}));
    } catch (cause) {
      throw new RelayError('identity-unavailable', { cause });
    }
  }

  async function verify(token: string): Promise<Identity> {
    const { custom_data: data = {}, ...visitor } = await readToken(token, options);
    return toIdentity(visitor, data);
  }

  return {
    isPossible: companySecret !== undefined || hooks.identify !== undefined,
    find: async (request, token) => (await identify(request)) ?? (token === undefined ? null : verify(token)),
    verify,
  };
}

const Text = z.optional(z.pipe(z.nullable(z.string()), z.transform((text) => text?.trim() || undefined)));

const Person = z.object({
  identifier: z.string().check(z.trim(), z.minLength(1), z.maxLength(500)),
  name: Text,
  email: Text,
  phone: Text,
});

/** What the site vouches for, by key. */
export const SignedData = z.record(
  z.string(),
  z.object({ label: z.optional(z.string()), value: z.union([z.string(), z.number(), z.boolean()]) }),
);

/** The claims of the official web SDK's end-user token; `custom_data` is ours, and one of another form is as good as none. */
const Claims = z.extend(Person, {
  iat: z.optional(z.number()),
  custom_data: z.catch(z.optional(SignedData), undefined),
});

/** A host without types may answer anything; half a person is none. Nothing at all is nobody. */
function readAnswer(answer: unknown): Visitor | null {
  return answer === undefined || answer === null ? null : Person.parse(answer);
}

/** HS256 with the company secret, as the platform signs; `exp` is required, `iat` and `nbf` count where they are there. */
async function readToken(token: string, { companySecret, clock }: IdentitiesOptions): Promise<z.infer<typeof Claims>> {
  if (companySecret === undefined) throw new RelayError('identity-invalid');
  try {
    const { payload } = await jwtVerify(token, new TextEncoder().encode(companySecret), {
      algorithms: ['HS256'],
      clockTolerance: CLOCK_SKEW,
      currentDate: new Date(clock.now()),
      requiredClaims: ['exp'],
    });
    const claims = Claims.parse(payload);
    if ((claims.iat ?? 0) > clock.now() / 1_000 + CLOCK_SKEW) throw new Error('The token comes from the future.');
    return claims;
  } catch (cause) {
    throw new RelayError('identity-invalid', { cause });
  }
}

async function toIdentity(person: Visitor, data: Identity['data']): Promise<Identity> {
  const { identifier, name, email, phone } = person;
  return { visitor: { identifier, name, email, phone }, hash: await digest(identifier), data };
}
