import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Document, type Node } from 'yaml';

/** A script is wrong. The message is one sentence: file, line, and what was expected there. */
export class ScriptError extends Error {
  override readonly name = 'ScriptError';
  readonly file: string;
  /** Counts from 1. */
  readonly line: number;

  constructor(place: { readonly file: string; readonly line: number }, expected: string) {
    super(`${place.file}:${String(place.line)}: ${expected}.`);
    this.file = place.file;
    this.line = place.line;
  }
}

interface Source {
  readonly file: string;
  readonly document: Document;
  readonly lines: LineCounter;
}

/** One place in a script: a value that knows where it stands. */
export class ScriptNode {
  /** How a person would name the place, such as `people.Ava.greets`; empty at the top. */
  readonly path: string;
  readonly #source: Source;
  readonly #node: Node | null;
  /** Where the place is told of when it has no value. */
  readonly #offset: number;

  constructor(source: Source, at: { readonly node: Node | null; readonly path: string; readonly offset: number }) {
    this.#source = source;
    this.#offset = at.offset;
    this.path = at.path;
    this.#node = isAlias(at.node) ? (at.node.resolve(source.document) ?? null) : at.node;
  }

  /** @throws ScriptError always; `expected` goes on after the name of the place, such as `takes a text` */
  fail(expected: string): never {
    const { file, lines } = this.#source;
    const { line } = lines.linePos(this.#node?.range?.[0] ?? this.#offset);
    throw new ScriptError({ file, line }, this.path === '' ? `the script ${expected}` : `${this.path} ${expected}`);
  }

  isMap(): boolean {
    return isMap(this.#node);
  }

  isList(): boolean {
    return isSeq(this.#node);
  }

  /** What stands there where it is one value, neither a list nor a map. */
  scalar(): unknown {
    return isScalar(this.#node) ? this.#node.value : undefined;
  }

  /** A text that is not empty; a number is taken as its digits. */
  text(expected = 'takes a text'): string {
    const value = this.scalar();
    if (typeof value === 'number') return String(value);
    return typeof value === 'string' && value.trim() !== '' ? value.trimEnd() : this.fail(expected);
  }

  /** Everything below as plain JSON. */
  json(): unknown {
    return this.#node?.toJS(this.#source.document) ?? null;
  }

  /** The items of a list; one value that is no list counts as a list of it. */
  items(): readonly ScriptNode[] {
    if (!isSeq(this.#node)) return [this];
    return this.#node.items.map((item, index) => this.#below(item as Node | null, `${this.path}[${String(index + 1)}]`));
  }

  /**
   * The entries of a map, by key, in their order.
   * @param known where given, any other key is an error
   */
  entries(expected: string, known?: readonly string[]): ReadonlyMap<string, ScriptNode> {
    if (!isMap(this.#node)) return this.fail(expected);
    const entries = this.#node.items.map(({ key, value }): [string, ScriptNode] => {
      const keyNode = this.#below(key as Node, this.path);
      const name = keyNode.text('takes names before its colons');
      if (known !== undefined && !known.includes(name))
        keyNode.fail(`has no "${name}"; it has ${known.join(', ')}`);
      const path = this.path === '' ? name : `${this.path}.${name}`;
      return [name, this.#below(value as Node | null, path, (key as Node).range?.[0])];
    });
    return new Map(entries);
  }

  #below(node: Node | null, path: string, offset = this.#node?.range?.[0] ?? this.#offset): ScriptNode {
    return new ScriptNode(this.#source, { node, path, offset });
  }
}

/**
 * Reads a script's text: YAML 1.2, of which JSON is a part.
 * @throws ScriptError where it is neither
 */
export function parseScriptText(file: string, text: string): ScriptNode {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const error = document.errors[0];
  if (error !== undefined) {
    const line = Math.max(lines.linePos(error.pos[0]).line, 1);
    throw new ScriptError({ file, line }, `this is not YAML: ${toSentence(error.message)}`);
  }
  return new ScriptNode({ file, document, lines }, { node: document.contents, path: '', offset: 0 });
}

/** The first sentence, without its full stop. */
function toSentence(message: string): string {
  return (message.split('\n')[0] ?? '').replace(/[.:]+$/, '');
}
