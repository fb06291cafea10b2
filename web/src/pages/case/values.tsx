import type { WireValues } from '../../api/contract.ts';
import { fieldKinds } from '../../fields/registry.ts';
import { aroundOf, fieldsOf, type Sight } from './sight.ts';

/** What was entered at a step, label by label. */
export function Values({ sight, step, values }: { sight: Sight; step: string; values: WireValues }) {
  const around = aroundOf(sight, step, values);
  const rows = Object.entries(fieldsOf(sight, step)).flatMap(([name, spec]) => {
    const value = values[name];
    return value === undefined || value === null || value === '' ? [] : [{ name, spec, value }];
  });
  if (rows.length === 0) return null;
  return (
    <dl className="facts">
      {rows.map(({ name, spec, value }) => (
        <div key={name}>
          <dt>{sight.say(spec.label)}</dt>
          <dd>{fieldKinds[spec.type].read(value, spec, around)}</dd>
        </div>
      ))}
    </dl>
  );
}
