import { expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { SPAN_KINDS } from '#clock/span.ts';
import { compilePack } from '#policy/compile.ts';
import { fieldTypes } from '#policy/fields/registry.ts';
import { clockSchema } from '#policy/language/clock.ts';
import { formSchema } from '#policy/language/form.ts';
import { packSchema } from '#policy/language/pack.ts';
import { procedureSchema, stateSchema, stepSchema } from '#policy/language/procedure.ts';
import { scheduleSchema } from '#policy/language/schedule.ts';
import { primitives } from '#policy/primitives/registry.ts';
import { examine } from '#policy/prove/examine.ts';
import { prove } from '#policy/prove/prove.ts';
import { languageReference } from '#policy/tell/reference.ts';
import { withReference } from '#policy/tell/reference-page.ts';
import { packJsonSchema } from '#policy/tell/schema.ts';
import { packsPage, samplePack } from './support/sample-pack.ts';

test('the examples on the page about packs, put together, are a pack without a fault, proved to answer everybody', () => {
  const compiled = compilePack(samplePack());
  expect(compiled.ok ? [] : compiled.problems.map((p) => `${p.file}:${p.line} ${p.message.en}`)).toEqual([]);
  expect(samplePack()).toHaveLength(3);
  const findings = compiled.ok ? prove(compiled.value).findings : [];
  expect(findings.map((f) => `${f.procedure}: ${f.message.en} (${f.trace.join(' → ')})`)).toEqual([]);
});

test('a role by a post that nobody holds is found where it is written, once it is said which posts are held', () => {
  const held = ['receptionist', 'propertyManager'];
  expect(examine(samplePack(), held)).toMatchObject({ sound: true, problems: [] });
  const { sound, problems } = examine(samplePack(), ['receptionist', 'propertyManger']);
  expect(sound).toBe(false);
  const [fault] = problems;
  expect(fault).toMatchObject({ file: 'pack.yaml', path: 'roles.manager.post', suggestion: 'propertyManger' });
  const line = samplePack()
    .find(({ path }) => path === 'pack.yaml')
    ?.text.split('\n')[(fault?.line ?? 0) - 1];
  expect(line).toContain('post: [propertyManager]');
});

test('a sentence cut off at its comma is not taken for a misspelt word', () => {
  const cut = samplePack().map((source) => ({
    ...source,
    text: source.text.replace(
      'title: { zh: 失物招领, en: Lost property }',
      'title: { zh: 失物招领, en: Lost, then found }',
    ),
  }));
  const { problems } = examine(cut);
  expect(problems.map(({ code, message }) => [code, message.zh])).toEqual([
    ['pack.unknownKey', '不认识的词“then found”；若是上一句话的后半截，请给整句加上引号'],
  ]);
});

test.each([
  ['by: [reception, owner]', 'by: reception', '应为一个列表，写在 [ ] 里，或每行以 - 开头'],
  ['numberedBy: day', 'numberedBy: days', '只能是 day、year；是不是“day”？'],
  ['type: attachments', 'type: attachment', '是不是“attachments”？'],
  [
    '{ zh: 什么物品, en: What was found }',
    '{ zh: 什么物品 }',
    '“procedures.lostProperty.intake.fields.content.label.en”没有写',
  ],
  ['after: P2D', 'after: 2 days', '应写成 PT24H 或 P3D 这样'],
  ['repeat: P7D', 'headline: true', '“headline”不写在这里'],
])('what is wrong with a pack is said in words a manager understands: %s', (right, wrong, words) => {
  const changed = samplePack().map((source) => ({ ...source, text: source.text.replace(right, wrong) }));
  const { problems } = examine(changed);
  expect(problems.map(({ message }) => message.zh).join('\n')).toContain(words);
  expect(problems.map(({ message }) => message.zh).join('\n')).not.toMatch(/Invalid|expected/);
});

test('every key of the pack language is explained on the page', () => {
  const schemas = [packSchema, procedureSchema, stepSchema, stateSchema, clockSchema, formSchema, scheduleSchema];
  const kinds = SPAN_KINDS.filter((kind) => kind !== 'promisedDate');
  const keys = [...schemas.flatMap((schema) => Object.keys(schema.shape)), ...Object.keys(fieldTypes), ...kinds];
  const missing = [...new Set(keys)].filter((key) => !new RegExp(`\\b${key}\\b`).test(packsPage));
  expect(missing).toEqual([]);
});

test('every key of the pack language says what it means, and the reference on the page is made from that', () => {
  expect(languageReference().unsaid).toEqual([]);
  expect(withReference(packsPage)).toBe(packsPage);
  expect(JSON.stringify(packJsonSchema().procedure)).toContain('Who may pass a duty on a case to another person.');
});

/** The sample pack with more in it and in its first procedure, compiled. */
function faultsWith(more: { steps?: object; clocks?: object; notices?: object }): string[] {
  const sources = samplePack().map(({ path, text }) => {
    const whole = parse(text) as { [key: string]: object };
    const kinds = path.endsWith('pack.yaml') ? (['notices'] as const) : (['steps', 'clocks'] as const);
    if (!path.endsWith('pack.yaml') && !path.endsWith('lostProperty.yaml')) return { path, text };
    for (const kind of kinds) whole[kind] = { ...whole[kind], ...more[kind] };
    return { path, text: stringify(whole) };
  });
  const compiled = compilePack(sources);
  return compiled.ok ? [] : compiled.problems.map(({ path, message }) => `${path} ${message.en}`);
}

const words = { zh: '试', en: 'Tried' };
const stepWith = (more: object): object => ({
  title: words,
  clause: '三.1',
  by: ['keeper'],
  from: ['kept'],
  fields: {
    reason: { type: 'text', label: words },
    signature: { type: 'signature', form: 'receipt', label: words },
    amount: { type: 'number', label: words },
  },
  ...more,
});

const parts = languageReference().parts;
const examplesOf = (at: string): unknown[] =>
  parts.filter((part) => part.at === at).flatMap(({ ways }) => ways.flatMap(({ examples }) => examples));

const rowsWith = (at: string): { key: string; example: unknown }[] =>
  parts
    .filter((part) => part.at === at)
    .flatMap(({ rows }) => rows.flatMap(({ key, examples }) => examples.map((example) => ({ key, example }))));

test.each(rowsWith('intake'))('the example of `$key` works in the sample pack', ({ key, example }) => {
  expect(Object.keys(primitives)).toContain(key);
  expect(faultsWith({ steps: { tried: stepWith({ [key]: example }) } })).toEqual([]);
});

test.each(rowsWith('notices.<name>'))(
  'the example of `$key` works in a notice of the sample pack',
  ({ key, example }) => {
    const notice = { title: words, clause: '三.1', text: words };
    expect(faultsWith({ notices: { tried: { ...notice, [key]: example } } })).toEqual([]);
  },
);

test('every example on the page is tried by one of these tests', () => {
  const tried = new Set(['intake', 'notices.<name>']);
  expect(parts.filter(({ at, rows }) => !tried.has(at) && rows.some(({ examples }) => examples.length > 0))).toEqual(
    [],
  );
});

test('the example of each condition works in the sample pack, and one with a wrong name would not', () => {
  const needs = examplesOf('condition').map((that) => ({ code: 'tried.now', that, say: words }));
  expect(needs.length).toBeGreaterThan(10);
  expect(faultsWith({ steps: { tried: stepWith({ needs }) } })).toEqual([]);
  const wrong = { code: 'tried.now', that: { field: 'last.nowhere.at', filled: true }, say: words };
  expect(faultsWith({ steps: { tried: stepWith({ needs: [wrong] }) } })).toHaveLength(1);
});

test('the example of each length of time works as the limit of a clock', () => {
  const clocks = examplesOf('length of time').map((limit, i) => [
    `tried${i}`,
    { title: words, clause: '三.2', limit, responsible: 'keeper', ladder: [{ after: 'PT0S', tells: ['manager'] }] },
  ]);
  expect(clocks.length).toBeGreaterThan(1);
  expect(faultsWith({ clocks: Object.fromEntries(clocks) })).toEqual([]);
});
