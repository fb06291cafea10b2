import { fieldsOf, type Sight } from './sight.ts';
import { w } from './words.ts';

export interface StoredFile {
  id: string;
  /** The field it was given in. */
  label: { zh: string; en: string };
  by: string;
  at: string;
}

/** Every file of the case with who brought it and when. */
export function filesOf(sight: Sight): StoredFile[] {
  const { seen, procedure } = sight;
  const intake = {
    step: 'intake',
    values: seen.values,
    by: seen.duties.firstReceiver?.name ?? '',
    at: seen.registeredAt,
  };
  const entries = Object.values(seen.entries)
    .flat()
    .map((entry) => ({ step: entry.step, values: entry.values, by: entry.by.name, at: entry.at }));
  const found = [intake, ...entries].flatMap(({ step, values, by, at }) =>
    Object.entries(step === 'intake' ? procedure.intake.fields : fieldsOf(sight, step)).flatMap(([name, spec]) => {
      const value = values[name];
      if (spec.type !== 'attachments' || !Array.isArray(value)) return [];
      return value.map((id) => ({ id: String(id), label: spec.label, by, at }));
    }),
  );
  for (const { files = [], by, at, visible } of seen.notes)
    for (const id of files) found.push({ id, label: visible ? w.addedFile : w.notes, by: by.name, at });
  return [...new Map(found.map((file) => [file.id, file])).values()];
}
