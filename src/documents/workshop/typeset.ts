import { readFileSync } from 'node:fs';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { coverage, FAMILY, paperFont } from './font.ts';
import { printableData } from './printable.ts';
import type { Json, TypesetInput } from './tasks.ts';

// A folder that does not exist: a template can read the pictures laid before it and nothing of this machine.
const ROOM = '/huiyin-paper';

interface Press {
  compiler: NodeCompiler;
  covers: (codePoint: number) => boolean;
}
let press: Press | undefined;

function ready(): Press {
  if (press) return press;
  const regular = paperFont('400Regular');
  const compiler = NodeCompiler.create({ workspace: ROOM, fontArgs: [{ fontBlobs: [regular, paperFont('700Bold')] }] });
  press = { compiler, covers: coverage(regular) };
  return press;
}

/** Sets one paper as PDF/A-2u. The same input gives the same bytes on every machine. Throws when a template is broken. */
export async function typeset({ template, data, pictures, createdAt }: TypesetInput): Promise<Uint8Array> {
  const { compiler, covers } = ready();
  const shown: { [name: string]: Json } = {};
  try {
    for (const [index, picture] of pictures.entries()) {
      const bytes = await prepared(picture);
      const path = `/${index}.${picture.kind === 'svg' ? 'svg' : picture.kind === 'photo' ? 'jpg' : 'png'}`;
      shown[picture.name] = bytes ? path : null;
      if (bytes) compiler.mapShadow(`${ROOM}${path}`, Buffer.from(bytes));
    }
    const made = printableData(data, covers);
    const inputs = { data: JSON.stringify({ data: made.data, rare: made.rare, pictures: shown, family: FAMILY }) };
    const source = readFileSync(new URL(`../typst/${template}.typ`, import.meta.url), 'utf8');
    const result = compiler.compile({ mainFileContent: source, inputs });
    const document = result.result;
    const error = result.takeError();
    if (!document || error) {
      const said = error ? JSON.stringify(compiler.fetchDiagnostics(error)) : 'no document';
      throw new Error(`the paper ${template} could not be set: ${said}`);
    }
    return compiler.pdf(document, { pdfStandard: 'a-2u', creationTimestamp: Math.floor(createdAt / 1000) });
  } finally {
    compiler.resetShadow();
    compiler.evictCache(3);
  }
}

async function prepared(picture: TypesetInput['pictures'][number]): Promise<Uint8Array | null> {
  if (picture.kind === 'svg') return picture.bytes;
  const { forPrint } = await import('./photo.ts');
  return forPrint(picture.bytes, picture.kind);
}
