import type { Text } from '@room/kernel/text.ts';
import type { PlacesVerdict } from '../../api/contract.ts';
import { useSpeech } from '../../words/lang.tsx';
import { w } from './words.ts';

const TAGS = {
  new: { title: w.new, look: 'tag kept' },
  owner: { title: w.ownerNew, look: 'tag kept' },
  phone: { title: w.phone, look: 'tag soon' },
  known: { title: w.known, look: 'tag' },
  passed: { title: w.passed, look: 'tag' },
  fault: { title: w.fault, look: 'tag late' },
};

/** What becomes of each line, the faulty ones first. */
export function Verdicts({ title, said }: { title: Text; said: PlacesVerdict }) {
  const { say } = useSpeech();
  const lines = [...said.lines].sort((a, b) => Number(b.verdict === 'fault') - Number(a.verdict === 'fault'));
  const all = Object.values(said.counts).reduce((sum, n) => sum + n, 0);
  return (
    <section className="stack" role="status">
      <h3>{say(title)}</h3>
      <p>{say(w.summary, said.counts)}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
      <section className="verdicts" tabIndex={0} aria-label={say(title)}>
        <table>
          <thead>
            <tr>
              <th scope="col">{say(w.line)}</th>
              <th scope="col">{say(w.place)}</th>
              <th scope="col">{say(w.owner)}</th>
              <th scope="col">{say(w.verdict)}</th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr key={line.line}>
                <td>{line.line}</td>
                <td>{line.place || line.text}</td>
                <td>{[line.owner?.name, line.owner?.phone].filter(Boolean).join(' ')}</td>
                <td>
                  <span className={TAGS[line.verdict].look}>{say(TAGS[line.verdict].title)}</span>{' '}
                  <span className="small">{say(line.message)}</span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {all > lines.length && <p className="small muted">{say(w.more, { n: all - lines.length })}</p>}
    </section>
  );
}
