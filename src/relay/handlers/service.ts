import { Config, Health, Language, WaitTimes } from '../../protocol/index.js';
import type { RelayContext } from '../context.js';
import { findMenu } from '../menus.js';
import { RelayError } from '../relay-error.js';
import { pageRoute, type Call, type Route } from '../route.js';

export const getConfig = pageRoute({
  method: 'GET',
  path: '/config',
  summary: 'What a page may know before a chat.',
  caller: 'page',
  status: 200,
  response: Config,
  problems: ['origin-not-allowed'],
  handle: ({ context }) => ({
    languages: ['en'],
    menus: context.menus.map(({ id, name }) => ({ id, name })),
    hideVaToVaSystemMessages: context.hideVaToVaSystemMessages.isOn,
    features: listFeatures(context),
  }),
});

function listFeatures({ identities, hooks }: RelayContext): string[] {
  return [
    ...(identities.isPossible ? ['identity'] : []),
    ...(hooks.onEmailDeflection ? ['email-deflection'] : []),
    ...(hooks.onFeedback ? ['feedback'] : []),
  ];
}

export const getWaitTimes = pageRoute({
  method: 'GET',
  path: '/wait-times',
  summary: 'How long a queue makes people wait for a person, where that is known for sure; at most 30 s old.',
  caller: 'page',
  status: 200,
  query: {
    menu: { type: 'string', description: 'Name or id of a menu on offer; default: the relay\'s.' },
    lang: { type: 'string', description: 'BCP 47; default: en.' },
  },
  response: WaitTimes,
  problems: ['invalid-request', 'menu-not-offered', 'origin-not-allowed'],
  handle: async ({ context, url }) => {
    const lang = url.searchParams.get('lang') ?? 'en';
    if (!Language.safeParse(lang).success) throw new RelayError('invalid-request', { paths: ['lang'] });
    const menuId = findMenu(context, url.searchParams.get('menu') ?? undefined);
    const minutes = menuId === undefined ? null : await context.waits.find({ menuId, lang });
    return { waits: menuId === undefined || minutes === null ? [] : [{ menuId, minutes }] };
  },
});

export const getHealth = pageRoute({
  method: 'GET',
  path: '/healthz',
  summary: 'Alive.',
  caller: 'operator',
  status: 200,
  response: Health,
  problems: [],
  handle: ({ context }) => ({ status: 'ok' as const, version: context.version }),
});

export const getWidget: Route = {
  method: 'GET',
  path: '/widget/:version/:file',
  summary: 'The widget: ccai-chat.js and its chunks. The full version is immutable, the major one moves.',
  caller: 'anyone',
  status: 200,
  problems: ['not-found'],
  handle: serveWidget,
};

/** Chunks carry a hash of their content in their name. */
const hashedName = /-[A-Za-z0-9_-]{8}\.js$/;

function serveWidget({ context, url }: Call): Response {
  const { widget } = context;
  const [version, name] = url.pathname.split('/').slice(-2);
  if (!widget || !name || (version !== widget.version && version !== widget.version.split('.')[0])) {
    throw new RelayError('not-found');
  }
  if (name === 'integrity.json') return Response.json(widget.integrity, { headers: widgetHeaders('no-cache') });
  const file = widget.read(name);
  if (!file) throw new RelayError('not-found');
  const isImmutable = version === widget.version || hashedName.test(name);
  const headers = widgetHeaders(isImmutable ? 'public, max-age=31536000, immutable' : 'public, max-age=300');
  return new Response(new Uint8Array(file.body), { headers: { ...headers, 'content-type': file.type } });
}

/** Any site may load the script: it holds no secret, and `integrity` needs CORS. */
function widgetHeaders(cacheControl: string): Record<string, string> {
  return {
    'cache-control': cacheControl,
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
  };
}
