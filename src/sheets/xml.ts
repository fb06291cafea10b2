import type { Readable } from 'node:stream';
import { Parser } from 'htmlparser2';
import { faults, SheetFault } from './faults.ts';

/** What is called while a stream of XML goes by. Prefixes of names are dropped. */
export interface Hearing {
  open?(name: string, attributes: { [name: string]: string }): void;
  text?(words: string): void;
  close?(name: string): void;
}

const plain = (name: string): string => name.slice(name.indexOf(':') + 1);

/** Reads XML piece by piece and stops after each, so that a caller can take what has gathered. Throws SheetFault. */
export async function* hear(stream: Readable, hearing: Hearing): AsyncGenerator<void> {
  const parser = new Parser(
    {
      onopentag: (name, attributes) => hearing.open?.(plain(name), attributes),
      ontext: (words) => hearing.text?.(words),
      onclosetag: (name) => hearing.close?.(plain(name)),
    },
    { xmlMode: true, decodeEntities: true },
  );
  const decoder = new TextDecoder();
  try {
    for await (const bytes of stream) {
      parser.write(decoder.decode(bytes, { stream: true }));
      yield;
    }
  } catch (cause) {
    if (cause instanceof SheetFault) throw cause;
    throw new SheetFault(faults.notSheet);
  }
  parser.end();
  yield;
}

/** Reads a part whole. */
export async function hearAll(stream: Readable, hearing: Hearing): Promise<void> {
  for await (const _piece of hear(stream, hearing)) void _piece;
}
