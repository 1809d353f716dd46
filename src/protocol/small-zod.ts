// What the script-tag build reads the wire with, in place of zod/mini: the same functions and the same answers, at a tenth of
// the weight. Only what a browser receives is read here; what it sends is checked by the relay. A test holds both against
// each other; everybody else gets zod itself.

/** Reads a value that came as JSON; throws where it has not the form. */
type Read = (value: unknown) => unknown;

interface Schema {
  readonly read: Read;
  safeParse(value: unknown): { readonly success: true; readonly data: unknown } | { readonly success: false };
}

type Shape = Readonly<Record<string, Schema>>;

function createSchema(read: Read): Schema {
  return {
    read,
    safeParse(value) {
      try {
        return { success: true, data: read(value) };
      } catch {
        return { success: false };
      }
    },
  };
}

function createCheck(isValid: (value: unknown) => boolean): Schema {
  return createSchema((value) => {
    if (!isValid(value)) throw new TypeError();
    return value;
  });
}

/** The fields of the shape, and with `isLoose` all others as they are. */
function createObject(shape: Shape, isLoose: boolean): Schema {
  return createSchema((value) => {
    if (typeof value !== 'object' || !value || Array.isArray(value)) throw new TypeError();
    const fields = value as Record<string, unknown>;
    const known = Object.keys(shape).map((key) => [key, shape[key]?.read(fields[key])]);
    return { ...(isLoose && fields), ...Object.fromEntries(known) };
  });
}

export const string = (): Schema => createCheck((value) => typeof value === 'string');
export const number = (): Schema => createCheck(Number.isFinite);
export const boolean = (): Schema => createCheck((value) => typeof value === 'boolean');
export const unknown = (): Schema => createSchema((value) => value);
export const literal = (values: unknown): Schema => createCheck((value) => [values].flat().includes(value));
export const nullable = (inner: Schema): Schema => createSchema((value) => (value === null ? null : inner.read(value)));
export const object = (shape: Shape): Schema => createObject(shape, false);
export const looseObject = (shape: Shape): Schema => createObject(shape, true);

export const array = (element: Schema): Schema =>
  createSchema((value) => {
    if (!Array.isArray(value)) throw new TypeError();
    return value.map(element.read);
  });

/** Without zod's look at the key: of several forms at most one fits, because each has its own literal there. */
export const discriminatedUnion = (_key: string, options: readonly Schema[]): Schema =>
  createSchema((value) => {
    const fitting = options.map((option) => option.safeParse(value)).find(({ success }) => success);
    if (!fitting?.success) throw new TypeError();
    return fitting.data;
  });
