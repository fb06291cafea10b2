import { text } from '@room/kernel/text.ts';
import type { ProposalDetail } from '../api/contract.ts';
import { useSpeech } from '../words/lang.tsx';

const w = {
  title: text('修订说明', 'What the versions changed'),
  why: text('原因：{why}', 'Why: {why}'),
};

interface NotesProps {
  notes: ProposalDetail['notes'];
  /** The heading’s rank on the page. */
  as: 'h2' | 'h3';
  className?: string;
}

/** What the pack says of its versions: who changed what, and why; nothing where it says nothing. */
export function Notes({ notes, as: Heading, className = '' }: NotesProps) {
  const { say } = useSpeech();
  if (notes.length === 0) return null;
  return (
    <section className={`stack ${className}`} aria-labelledby="notes">
      <Heading id="notes">{say(w.title)}</Heading>
      {notes.map(({ version, by, what, why }) => (
        <div key={version}>
          <b className="small">
            {version} · {say(by)}
          </b>
          <p className="small">{say(what)}</p>
          <p className="small muted">{say(w.why, { why: say(why) })}</p>
        </div>
      ))}
    </section>
  );
}
