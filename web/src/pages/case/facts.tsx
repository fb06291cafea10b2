import type { Text } from '@room/kernel/text.ts';
import { useState } from 'react';
import type { Disclosure } from '../../api/case.ts';
import { Icon } from '../../kit/icons.tsx';
import { at, sayMoment } from '../../time/format.ts';
import { now } from '../../time/now.ts';
import { DisclosureDialog } from './disclosure-dialog.tsx';
import type { Sight } from './sight.ts';
import { Values } from './values.tsx';
import { w } from './words.ts';

/** Ways in that no pack lists: the calendar, and another case. */
const INNER: { [channel: string]: Text } = { schedule: w.bySchedule, linked: w.byCase };

/** What was registered; names, numbers and rooms stay masked until somebody says why he needs them. */
export function Facts({ sight, onClear }: { sight: Sight; onClear(clear: Disclosure | null): void }) {
  const { seen, pack, clear, lang, say } = sight;
  const [asking, setAsking] = useState(false);
  const when = (iso: string) => sayMoment(at(iso), lang, now());
  const channel = seen.via ?? pack.channels[seen.channel]?.title ?? INNER[seen.channel];
  return (
    <section className="card stack" aria-labelledby="facts-title">
      <div className="card-head">
        <h2 id="facts-title">{say(w.facts)}</h2>
        {clear ? (
          <button type="button" className="btn plain tight" onClick={() => onClear(null)}>
            {say(w.hide)}
          </button>
        ) : (
          seen.masked.length > 0 && (
            <button type="button" className="btn tight" onClick={() => setAsking(true)}>
              <Icon name="eye" size={15} />
              {say(w.show)}
            </button>
          )
        )}
      </div>
      {clear && (
        <p className="small" role="status">
          {say(w.shown, { at: when(clear.until) })}
        </p>
      )}
      <Values sight={sight} step="intake" values={clear ? { ...seen.values, ...clear.values } : seen.values} />
      <dl className="facts">
        <div>
          <dt>{say(w.received)}</dt>
          <dd>{when(seen.receivedAt)}</dd>
        </div>
        <div>
          <dt>{say(w.registered)}</dt>
          <dd>{when(seen.registeredAt)}</dd>
        </div>
        <div>
          <dt>{say(w.channel)}</dt>
          <dd>{channel ? say(channel) : seen.channel}</dd>
        </div>
      </dl>
      {asking && (
        <DisclosureDialog
          caseId={seen.id}
          onClose={() => setAsking(false)}
          onDone={(disclosed) => {
            setAsking(false);
            onClear(disclosed);
          }}
        />
      )}
    </section>
  );
}
