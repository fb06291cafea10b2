import { useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { awaitingQuery } from '../../api/awaiting.ts';
import type { Awaiting } from '../../api/contract.ts';
import { useSpeech } from '../../words/lang.tsx';
import { Group } from './group.tsx';
import { w } from './words.ts';
import './awaiting.css';

const NOBODY: ReadonlySet<string> = new Set();
const nameOf = ({ pack, version, procedure, state, steps }: Awaiting['groups'][number]): string =>
  [pack, version, procedure, state, ...steps.map((one) => one.step)].join(' ');

/** Everything of one kind that waits for one's decision, to be read one by one and decided together. */
export default function AwaitingPage() {
  const { say } = useSpeech();
  const { groups, more } = useSuspenseQuery(awaitingQuery).data;
  // One form at a time: what is entered is meant for one kind of case.
  const [chosen, setChosen] = useState<{ group: string; ids: ReadonlySet<string> }>({ group: '', ids: NOBODY });
  return (
    <div className="awaiting">
      <div>
        <div className="page-head">
          <h1>{say(w.title)}</h1>
        </div>
        <p className="muted">{say(w.why)}</p>
      </div>
      {groups.length === 0 && <p className="empty card">{say(w.none)}</p>}
      {groups.map((group) => {
        const name = nameOf(group);
        return (
          <Group
            key={name}
            group={group}
            chosen={chosen.group === name ? chosen.ids : NOBODY}
            onChoose={(ids) => setChosen({ group: name, ids })}
          />
        );
      })}
      {more && <p className="small muted">{say(w.more)}</p>}
    </div>
  );
}
