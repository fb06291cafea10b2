import { formatLocal } from '#clock/civil.ts';
import type { FieldSpec } from '#policy/fields/registry.ts';
import type { Context } from './context.ts';
import type { Value } from './event.ts';
import { titleOfTerm } from './values.ts';

type Surroundings = Pick<Context, 'pack' | 'directory'>;

const isRecord = (value: Value): value is { [key: string]: Value } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

// The pack's schema admits nothing else as a unit.
const unitOf = (spec: FieldSpec): string => (spec.unit as { zh: string } | undefined)?.zh ?? '';

/** Kinds of field whose value reads differently from how it is stored. */
const written: { [type: string]: (value: Value, spec: FieldSpec, ctx: Surroundings) => string } = {
  instant: (value) => (typeof value === 'number' ? formatLocal(value) : ''),
  category: (value, spec, ctx) => titleOfTerm(ctx, String(spec.of), String(value)).zh,
  choice: (value, spec) =>
    (spec.options as { value: string; label: { zh: string } }[]).find((option) => option.value === value)?.label.zh ??
    String(value),
  choices: (value, spec, ctx) =>
    (Array.isArray(value) ? value : [value]).map((item) => written.choice?.(item, spec, ctx) ?? '').join('、'),
  amounts: (value, spec) =>
    (Array.isArray(value) ? value : [])
      .map((line) => (isRecord(line) ? `${String(line.what)} ${String(line.amount)}${unitOf(spec)}` : ''))
      .join('\n'),
  confirmed: (value) => (value === true ? '是' : ''),
  flag: (value) => (value === true ? '是' : '否'),
  person: (value, _spec, ctx) => ctx.directory.person(String(value))?.name ?? String(value),
  unit: (value, _spec, ctx) => ctx.directory.unit(String(value))?.name ?? String(value),
  place: (value) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) ? String(value.text ?? '') : String(value),
  attachments: (value) => (Array.isArray(value) && value.length > 0 ? `${value.length} 件` : ''),
  list: (value) => (Array.isArray(value) ? value.map((item, index) => `${index + 1}. ${String(item)}`).join('\n') : ''),
  signature: (value) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) ? String(value.signer ?? '') : '',
  // A report brings along how it reads on paper.
  figures: (value) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) && Array.isArray(value.lines)
      ? value.lines.join('\n')
      : JSON.stringify(value),
};

/** A value as it is written on paper. */
export function formatValue(value: Value, spec: FieldSpec | undefined, ctx: Surroundings): string {
  if (value === null || value === undefined) return '';
  const write = spec ? written[spec.type] : undefined;
  if (write && spec) return write(value, spec, ctx);
  if (Array.isArray(value)) return value.map((item) => formatValue(item, undefined, ctx)).join('；');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
