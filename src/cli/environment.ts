/** Environment variables as the process got them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A variable is missing or wrong. The message is one sentence that names it and never repeats its value. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';
}

/** The value without white space around it; undefined where it is absent or empty. */
export function readText(environment: Environment, variable: string): string | undefined {
  const text = environment[variable]?.trim();
  return text === '' ? undefined : text;
}

/** `what` completes "… is missing: set it to". */
export function readRequired(environment: Environment, variable: string, what: string): string {
  const text = readText(environment, variable);
  if (text === undefined) throw new EnvironmentError(`${variable} is missing: set it to ${what}.`);
  return text;
}

/** Runs `parse` on a value that is there; what it throws becomes a sentence: "… must be" and `form`. */
export function readParsed<Value>(
  environment: Environment,
  variable: string,
  { form, parse }: { readonly form: string; readonly parse: (text: string) => Value | undefined },
): Value | undefined {
  const text = readText(environment, variable);
  if (text === undefined) return undefined;
  const value = parse(text);
  if (value === undefined) throw new EnvironmentError(`${variable} must be ${form}.`);
  return value;
}

/** `true` or `false`. */
export function readBoolean(environment: Environment, variable: string): boolean | undefined {
  const values: Readonly<Record<string, boolean>> = { true: true, '1': true, false: false, '0': false };
  return readParsed(environment, variable, {
    form: 'true or false',
    parse: (text) => (Object.hasOwn(values, text.toLowerCase()) ? values[text.toLowerCase()] : undefined),
  });
}

/** 0 (any free one) to 65535. */
export function readPort(environment: Environment, variable: string): number | undefined {
  return readParsed(environment, variable, {
    form: 'a port number from 0 to 65535',
    parse: (text) => (/^\d{1,5}$/.test(text) && Number(text) <= 65_535 ? Number(text) : undefined),
  });
}

/** The parts of a comma list, without empty ones; undefined where there are none. */
export function readList(environment: Environment, variable: string): readonly string[] | undefined {
  const parts = (environment[variable] ?? '').split(',').map((part) => part.trim());
  const given = parts.filter((part) => part !== '');
  return given.length === 0 ? undefined : given;
}
