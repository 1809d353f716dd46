import type { RelayContext } from './context.js';
import { RelayError } from './relay-error.js';

type Menus = Pick<RelayContext, 'menus' | 'defaultMenuId'>;

/** A menu by id or name; without a wish the relay's own, else the first on offer. Throws `menu-not-offered`. */
export function findMenu({ menus, defaultMenuId }: Menus, wanted: string | number | undefined): number | undefined {
  if (wanted === undefined) return defaultMenuId ?? menus[0]?.id;
  const menu = menus.find(({ id, name }) => name === wanted || String(id) === String(wanted));
  if (menu) return menu.id;
  if (defaultMenuId !== undefined && String(wanted) === String(defaultMenuId)) return defaultMenuId;
  throw new RelayError('menu-not-offered');
}
