import type { WireValue } from '../api/contract.ts';

/** Nested figures as nested lists of name and value; names stand as the report gave them. */
export function FiguresTable({ figures }: { figures: WireValue }) {
  if (figures === null) return '—';
  if (Array.isArray(figures))
    return (
      <ol className="numbered">
        {figures.map((item, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a report's rows have no other name than their place
          <li key={index}>
            <FiguresTable figures={item} />
          </li>
        ))}
      </ol>
    );
  if (typeof figures !== 'object') return String(figures);
  return (
    <dl className="facts">
      {Object.entries(figures).map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <FiguresTable figures={value} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
