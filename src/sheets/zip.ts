import { finished, type Readable } from 'node:stream';
import yauzl from 'yauzl';
import { faults, SheetFault } from './faults.ts';

/** A zip file that is read part by part; nothing of it is unpacked beforehand. */
export interface Zip {
  names: readonly string[];
  /** Refuses to unpack more than `limit` bytes. Throws SheetFault when the part is missing or larger. */
  open(name: string, limit: number): Promise<Readable>;
  close(): void;
}

const MOST_PARTS = 5_000;

/** Opens a zip file. Throws SheetFault when it is none. */
export async function openZip(path: string): Promise<Zip> {
  const file = await new Promise<yauzl.ZipFile>((done, fail) => {
    // Sizes are checked while unpacking: what a part says of itself need not be true.
    yauzl.open(path, { lazyEntries: true, autoClose: false, validateEntrySizes: true }, (fault, opened) =>
      fault ? fail(new SheetFault(faults.notSheet)) : done(opened),
    );
  });
  const entries = new Map<string, yauzl.Entry>();
  await new Promise<void>((done, fail) => {
    file.on('entry', (entry: yauzl.Entry) => {
      entries.set(entry.fileName, entry);
      if (entries.size > MOST_PARTS) return fail(new SheetFault(faults.notSheet));
      file.readEntry();
    });
    file.once('end', done);
    file.once('error', () => fail(new SheetFault(faults.notSheet)));
    file.readEntry();
  }).catch((cause: unknown) => {
    file.close();
    throw cause;
  });
  return {
    names: [...entries.keys()],
    open: (name, limit) =>
      new Promise((done, fail) => {
        const entry = entries.get(name);
        if (!entry) return fail(new SheetFault(faults.notSheet));
        if (entry.uncompressedSize > limit) return fail(new SheetFault(faults.tooLarge));
        file.openReadStream(entry, (fault, stream) => {
          if (fault) return fail(new SheetFault(faults.notSheet));
          // Whoever reads sees the error too; without a listener of its own it would end the process.
          finished(stream, () => undefined);
          done(stream);
        });
      }),
    close: () => file.close(),
  };
}
