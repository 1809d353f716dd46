import type { NewChat } from './chat-events.js';
import { notFound, PlatformError } from './errors.js';
import { requireId, requireObject, toParameters, toText, type Parameters } from './parameters.js';
import type { Switches } from './switches.js';
import type { Tenant } from './tenant.js';
import { readTranscript } from './transcript-input.js';

/** The languages that the platform lists (platform: Create a chat, `lang`). */
export const listedLanguages: readonly string[] = [
  ...['en', 'es', 'fr', 'de', 'it', 'ja', 'ko', 'pt', 'pt-BR', 'sv'],
];

/**
 * Reads a create request (platform: Create a chat).
 * @throws PlatformError 400 for a missing parameter, 404 for a menu or an end user that there is not
 */
export function readNewChat(
  parameters: Parameters,
  { tenant, switches }: { readonly tenant: Tenant; readonly switches: Switches },
): NewChat {
  const wanted = requireObject(parameters, 'chat');
  const menu = tenant.findMenu(requireId(wanted, 'menu_id'));
  const endUser = tenant.findEndUser({ id: requireId(wanted, 'end_user_id') });
  if (menu === undefined || endUser === undefined) throw notFound();
  const lang = readLanguage(wanted, switches);
  const context = readContext(wanted, switches);
  const transcript = readTranscript(wanted, switches);
  endUser.phone = toText(toParameters(parameters.end_user)?.phone) ?? endUser.phone;
  endUser.email = toText(wanted.email) ?? endUser.email;
  return { endUser, menu, lang, context, transcript };
}

function readLanguage({ lang }: Parameters, switches: Switches): string {
  const language = toText(lang) ?? 'en';
  const isRefused = switches.get('unlistedLanguage') === 'refused' && !listedLanguages.includes(language);
  // The text is ours: no document says what becomes of such a request (OQ-39).
  if (isRefused) throw new PlatformError(400, 'Unsupported language');
  return language;
}

function readContext({ context }: Parameters, switches: Switches): Parameters {
  const value = toParameters(toParameters(context)?.value);
  const isWrong = context !== undefined && value === undefined;
  // The text is ours: the guide only says that the form must be exactly this one (OQ-53).
  if (isWrong && switches.get('contextForm') === 'strict') throw new PlatformError(400, 'Invalid context');
  return value ?? {};
}
