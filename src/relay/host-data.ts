import { SignJWT } from 'jose';
import * as z from 'zod/mini';
import type { RelayContext } from './context.js';
import type { HookedChat, SignedDataItem } from './hooks.js';
import { SignedData, type Identity } from './identity.js';

/** Signed data is good for so long, in seconds, as in the platform's own example. */
const GOOD_FOR = 3_600;

type Items = Readonly<Record<string, SignedDataItem>>;

const Flag = z.optional(z.boolean());
const Flags = z.object({ verifiedCustomer: Flag, badActor: Flag, repeatCustomer: Flag });

/**
 * What the site adds to a chat that has just begun: the customer flags, and what it vouches for. Runs beside the chat and
 * never rejects: a failure is logged where it happens, and the chat goes on without.
 */
export async function addHostData(context: RelayContext, chat: HookedChat, identity: Identity | null): Promise<void> {
  await Promise.allSettled([
    setFlags(context, chat),
    // What the token vouches for still counts where the hook fails.
    askForSignedData(context, chat)
      .catch(() => ({}))
      .then((items) => addSignedData(context, chat.chatId, { ...identity?.data, ...items })),
  ]);
}

async function setFlags({ hooks, runHook, watch, platform }: RelayContext, chat: HookedChat): Promise<void> {
  if (!hooks.customerFlags) return;
  const current = await watch.call(() => platform.getCustomerFlags(chat.chatId));
  const flags = await runHook('customerFlags', async () => Flags.parse((await hooks.customerFlags?.(chat, current)) ?? {}));
  if (Object.values(flags).every((flag) => flag === undefined)) return;
  await watch.call(() => platform.setCustomerFlags(chat.chatId, flags));
}

async function askForSignedData({ hooks, runHook, companySecret }: RelayContext, chat: HookedChat): Promise<Items> {
  if (!hooks.signedData || companySecret === undefined) return {};
  // A host without types may answer anything.
  return runHook('signedData', async () => SignedData.parse((await hooks.signedData?.(chat)) ?? {}));
}

/** Sends data that the platform takes as the site's word: a JWT by the company secret. Without data, or a secret, nothing. */
export async function addSignedData(context: RelayContext, chatId: number, items: Items): Promise<void> {
  const { companySecret, watch, platform, clock } = context;
  if (companySecret === undefined || Object.keys(items).length === 0) return;
  const now = Math.floor(clock.now() / 1_000);
  const signedData = await new SignJWT({ custom_data: withLabels(items) })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuedAt(now)
    .setExpirationTime(now + GOOD_FOR)
    .sign(new TextEncoder().encode(companySecret));
  await watch.call(() => platform.addCustomData(chatId, { signed: true, signedData }));
}

/** Whether an item may go without a label is not certain (OQ-54), so it bears its key for one. */
export function withLabels(items: Items): Record<string, { label: string; value: SignedDataItem['value'] }> {
  return Object.fromEntries(
    Object.entries(items).map(([key, { label, value }]) => [key, { label: label ?? key, value }]),
  );
}
