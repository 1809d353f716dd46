import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { build, type Rolldown } from 'vite';
import { widgetBuild } from '../../vite.config.js';
import * as real from './received.js';

interface Schema {
  safeParse(value: unknown): { readonly success: boolean; readonly data?: unknown };
}

const schemas = Object.keys(real).filter((name) => typeof (real as any)[name].safeParse === 'function');

/** Values of a schema's form, with things here and there that are not. */
function valuesOf(schema: any): fc.Arbitrary<unknown> {
  return fc.oneof({ arbitrary: goodValuesOf(schema._zod.def), weight: 25 }, { arbitrary: fc.jsonValue(), weight: 1 });
}

function goodValuesOf(def: any): fc.Arbitrary<unknown> {
  switch (def.type) {
    case 'string':
      return fc.string();
    case 'number':
      return fc.oneof(fc.integer(), fc.double());
    case 'boolean':
      return fc.boolean();
    case 'unknown':
      return fc.jsonValue();
    case 'literal':
      return fc.constantFrom(...def.values);
    case 'nullable':
      return fc.option(valuesOf(def.innerType));
    case 'array':
      return fc.array(valuesOf(def.element), { maxLength: 4 });
    case 'union':
      return fc.oneof(...def.options.map(valuesOf));
    case 'object':
      return objectsOf(def.shape);
    default:
      throw new Error(`No values for ${String(def.type)}`);
  }
}

/** Mostly whole, sometimes with a key too few or too many. */
function objectsOf(shape: Record<string, unknown>): fc.Arbitrary<unknown> {
  const keys = Object.keys(shape);
  const whole = fc.record(Object.fromEntries(keys.map((key) => [key, valuesOf(shape[key])])));
  const lacking = fc.tuple(whole, fc.constantFrom('none', ...keys)).map(([value, key]) => {
    return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
  });
  const more = fc.record({ extra: fc.jsonValue(), text: fc.string() }).chain((extra) => whole.map((value) => ({ ...extra, ...value })));
  return fc.oneof({ arbitrary: whole, weight: 20 }, { arbitrary: more, weight: 4 }, { arbitrary: lacking, weight: 1 });
}

describe('the script-tag build reads what it receives exactly as zod does', () => {
  let small: any;

  before(async () => {
    const entry = fileURLToPath(new URL('received.ts', import.meta.url));
    const lib = { entry, formats: ['es' as const] };
    const result = await build({ ...widgetBuild, logLevel: 'error', build: { target: 'es2022', lib, write: false } });
    const { output } = (Array.isArray(result) ? result[0] : result) as Rolldown.RolldownOutput;
    assert.ok(!output[0].code.includes('_zod'), 'zod itself was built in');
    small = await import(`data:text/javascript;base64,${Buffer.from(output[0].code).toString('base64')}`);
  });

  const read = (schema: Schema, value: unknown): unknown => {
    const { success, data } = schema.safeParse(value);
    return success ? { data } : 'refused';
  };

  for (const name of schemas) {
    test(name, () => {
      let taken = 0;
      const agree = (value: unknown): void => {
        const expected = read((real as any)[name], value);
        assert.deepEqual(read(small[name], value), expected);
        if (expected !== 'refused') taken += 1;
      };
      fc.assert(fc.property(valuesOf((real as any)[name]), agree), { numRuns: 400 });
      assert.ok(taken > 20, `only ${taken} of 400 values were of the form`);
    });
  }

  test('each entry of the log', () => {
    const chat = valuesOf(real.Chat);
    const message = valuesOf(real.Message);
    const entries = fc.oneof(
      fc.record({ type: fc.constant('chat-updated'), at: fc.string(), chat }),
      fc.record({ type: fc.constant('message-added'), at: fc.string(), message }),
      fc.record({ type: fc.constantFrom('message-removed', 'toString', 'future'), at: fc.string(), id: fc.string() }),
    );
    fc.assert(
      fc.property(entries, (entry) => {
        assert.deepEqual(small.parseLogEntry(entry), real.parseLogEntry(entry));
      }),
    );
  });
});
