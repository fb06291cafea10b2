import type { WireValue } from '../api/contract.ts';
import { useSpeech } from '../words/lang.tsx';
import { FIGURE_NAMES, FOR_PROGRAMS, SHARES } from './figure-names.ts';

/** Figures of a report in the reader's words: as the sheet words them where it does, else name by name. */
export function FiguresTable({ figures, name = '' }: { figures: WireValue; name?: string }) {
  const { lang, say } = useSpeech();
  if (figures === null) return '—';
  if (Array.isArray(figures)) return figures.length === 0 ? '—' : <Lines items={figures} />;
  if (typeof figures === 'number' && SHARES.has(name)) return `${Math.round(figures * 1_000) / 10}%`;
  if (typeof figures !== 'object') return String(figures);
  const { zh, en, lines } = figures;
  if (typeof zh === 'string' && typeof en === 'string') return say({ zh, en });
  // The sheet is printed in Chinese; other readers get the same figures by name.
  if (lang === 'zh' && Array.isArray(lines)) return <Lines items={lines} />;
  return (
    <dl className="facts">
      {Object.entries(figures)
        .filter(([each]) => !FOR_PROGRAMS.has(each))
        .map(([each, value]) => (
          <div key={each}>
            <dt>{FIGURE_NAMES[each] ? say(FIGURE_NAMES[each]) : each}</dt>
            <dd>
              <FiguresTable figures={value} name={each} />
            </dd>
          </div>
        ))}
    </dl>
  );
}

function Lines({ items }: { items: WireValue[] }) {
  return (
    <ol className="numbered">
      {items.map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a report's rows have no other name than their place
        <li key={index}>
          <FiguresTable figures={item} />
        </li>
      ))}
    </ol>
  );
}
