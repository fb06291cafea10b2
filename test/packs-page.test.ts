import { expect, test } from 'vitest';
import { SPAN_KINDS } from '#clock/span.ts';
import { compilePack } from '#policy/compile.ts';
import { fieldTypes } from '#policy/fields/registry.ts';
import { clockSchema } from '#policy/language/clock.ts';
import { formSchema } from '#policy/language/form.ts';
import { packSchema } from '#policy/language/pack.ts';
import { procedureSchema, stateSchema, stepSchema } from '#policy/language/procedure.ts';
import { scheduleSchema } from '#policy/language/schedule.ts';
import { prove } from '#policy/prove/prove.ts';
import { packsPage, samplePack } from './support/sample-pack.ts';

test('the examples on the page about packs, put together, are a pack without a fault, proved to answer everybody', () => {
  const compiled = compilePack(samplePack());
  expect(compiled.ok ? [] : compiled.problems.map((p) => `${p.file}:${p.line} ${p.message.en}`)).toEqual([]);
  expect(samplePack()).toHaveLength(3);
  const findings = compiled.ok ? prove(compiled.value).findings : [];
  expect(findings.map((f) => `${f.procedure}: ${f.message.en} (${f.trace.join(' → ')})`)).toEqual([]);
});

test('every key of the pack language is explained on the page', () => {
  const schemas = [packSchema, procedureSchema, stepSchema, stateSchema, clockSchema, formSchema, scheduleSchema];
  const kinds = SPAN_KINDS.filter((kind) => kind !== 'promisedDate');
  const keys = [...schemas.flatMap((schema) => Object.keys(schema.shape)), ...Object.keys(fieldTypes), ...kinds];
  const missing = [...new Set(keys)].filter((key) => !new RegExp(`\\b${key}\\b`).test(packsPage));
  expect(missing).toEqual([]);
});
