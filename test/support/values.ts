import fc from 'fast-check';
import type { Context } from '#case/context.ts';
import type { Value, Values } from '#case/event.ts';
import { readPath } from '#case/paths.ts';
import { renderForm } from '#case/render-form.ts';
import { holdersOf } from '#case/roles.ts';
import type { CaseState } from '#case/state.ts';
import { localDate } from '#clock/civil.ts';
import { DAY } from '#kernel/instant.ts';
import type { FieldSpec } from '#policy/fields/registry.ts';

type Surroundings = { state: CaseState; ctx: Context };

/** A value that a sensible person might enter in a field of this kind. */
const makers: { [type: string]: (spec: FieldSpec, around: Surroundings) => fc.Arbitrary<Value> } = {
  text: () => fc.constantFrom('已处理', '路灯不亮', '𠮷😀 说明', '三号楼 2 单元'),
  phone: () => fc.constantFrom('13800001234', '02788886666'),
  email: () => fc.constant('a@example.cn'),
  choice: (spec) => fc.constantFrom(...(spec.options as { value: string }[]).map((option) => option.value)),
  choices: (spec) =>
    fc.subarray(
      (spec.options as { value: string }[]).map((option) => option.value),
      { minLength: 1 },
    ),
  category: (spec, { ctx }) => fc.constantFrom(...(ctx.pack.taxonomyPaths.get(String(spec.of)) ?? [])),
  oneOf: (spec, { state, ctx }) => {
    const items = readPath(String(spec.from), { state, values: {}, pack: ctx.pack });
    return Array.isArray(items) && items.length > 0 ? fc.constantFrom(...items) : fc.constant('没有');
  },
  confirmed: () => fc.constant(true),
  flag: () => fc.boolean(),
  instant: (spec, { ctx }) =>
    fc
      .integer({ min: 0, max: 5 })
      .map((days) => (spec.tense === 'future' ? ctx.now + (days + 1) * DAY : ctx.now - days * DAY)),
  date: (spec, { ctx }) =>
    fc
      .integer({ min: 0, max: 5 })
      .map((days) => localDate(spec.tense === 'past' ? ctx.now - days * DAY : ctx.now + (days + 1) * DAY)),
  person: (spec, { state, ctx }) => {
    const role = typeof spec.role === 'string' ? spec.role : 'staff';
    const people = holdersOf(role, state, ctx).map((person) => person.id);
    return people.length > 0 ? fc.constantFrom(...people) : fc.constant('nobody');
  },
  unit: (_spec, { ctx }) => fc.constantFrom(...ctx.pack.routing.rows.map((row) => row.unit)),
  place: () => fc.constant({ premisesId: null, text: '3 号楼' }),
  attachments: () => fc.constant(['file-1']),
  number: (spec) => fc.integer({ min: Number(spec.min ?? 1), max: Math.min(Number(spec.max ?? 100), 100) }),
  amounts: () =>
    fc.constantFrom(
      [{ what: '材料', amount: 60 }],
      [
        { what: '材料', amount: 60 },
        { what: '人工', amount: 40 },
      ],
    ),
  list: () => fc.subarray(['措施一', '措施二', '措施三'], { minLength: 1 }),
  figures: () => fc.constant({ before: 3, after: 1 }),
  signature: (spec, { state, ctx }) =>
    fc.constant({
      method: 'glass',
      signer: '业主A',
      digest: renderForm(String(spec.form), state, ctx).digest,
      attachment: 'sign-1',
    }),
};

/** Values for a whole form, optional fields left out now and then. */
export function entered(fields: { [name: string]: FieldSpec }, around: Surroundings): fc.Arbitrary<Values> {
  const entries = Object.entries(fields).map(([name, spec]) => {
    const make = makers[spec.type];
    if (!make) throw new Error(`No values for fields of kind ${spec.type}`);
    const value = make(spec, around);
    return [name, spec.required !== false ? value : fc.option(value, { freq: 2 })] as const;
  });
  return fc
    .record(Object.fromEntries(entries))
    .map((values) => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null)));
}
