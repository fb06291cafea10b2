/** A file that came with a form. */
export interface PostedFile {
  field: string;
  name: string;
  bytes: Uint8Array;
}

/** What was typed, ticked and attached, as the browser sent it: names with texts in their order, and files. */
export class Posted {
  readonly #texts: Map<string, string[]>;
  readonly files: readonly PostedFile[];

  constructor(texts: Iterable<readonly [string, string]> = [], files: readonly PostedFile[] = []) {
    this.#texts = new Map();
    for (const [name, text] of texts) this.#texts.set(name, [...(this.#texts.get(name) ?? []), text]);
    this.files = files;
  }

  /** The first text under a name; '' when there is none. Browsers send line ends as CR LF. */
  text(name: string): string {
    return (this.#texts.get(name)?.[0] ?? '').replace(/\r\n?/g, '\n');
  }

  all(name: string): readonly string[] {
    return this.#texts.get(name) ?? [];
  }

  has(name: string): boolean {
    return this.#texts.has(name);
  }

  filesOf(name: string): readonly PostedFile[] {
    return this.files.filter((file) => file.field === name);
  }

  /** The same with some names replaced; an empty list removes a name. */
  with(changes: Record<string, readonly string[]>): Posted {
    const kept = [...this.#texts].filter(([name]) => !(name in changes));
    const added = Object.entries(changes).flatMap(([name, texts]) => texts.map((text) => [name, text] as const));
    return new Posted(
      [...kept.flatMap(([name, texts]) => texts.map((text) => [name, text] as const)), ...added],
      this.files,
    );
  }

  names(): string[] {
    return [...this.#texts.keys()];
  }
}
