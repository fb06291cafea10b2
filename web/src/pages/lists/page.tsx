import { useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ListKindView } from '../../api/contract.ts';
import { listKindsQuery, useSendList } from '../../api/lists.ts';
import { Refused } from '../../kit/refused.tsx';
import { useSpeech } from '../../words/lang.tsx';
import { History } from './history.tsx';
import { Preview } from './preview.tsx';
import { w } from './words.ts';
import './lists.css';

/** Lists from Excel and CSV, and the way out again. */
export default function ListsPage() {
  const { say } = useSpeech();
  const kinds = useSuspenseQuery(listKindsQuery).data;
  const [chosen, setChosen] = useState(kinds[0]?.name ?? '');
  const kind = kinds.find((one) => one.name === chosen);
  return (
    <>
      <div className="page-head">
        <h1>{say(w.title)}</h1>
      </div>
      <p className="muted lists-why">{say(w.why)}</p>
      <fieldset className="field lists-kinds">
        <legend className="only-read">{say(w.kind)}</legend>
        <div className="pick">
          {kinds.map((one) => (
            <label key={one.name}>
              <input type="radio" name="kind" checked={one.name === chosen} onChange={() => setChosen(one.name)} />
              {say(one.title)}
            </label>
          ))}
        </div>
      </fieldset>
      {kind && <OneList key={kind.name} kind={kind} />}
      <History />
    </>
  );
}

function OneList({ kind }: { kind: ListKindView }) {
  const { say } = useSpeech();
  const send = useSendList(kind.name);
  const [reason, setReason] = useState('');
  const out = (format: string) =>
    `/api/v1/lists/${kind.name}/export?format=${format}${kind.personal ? `&reason=${encodeURIComponent(reason)}` : ''}`;
  const ready = !kind.personal || [...reason.trim()].length >= 2;
  return (
    <section className="card stack lists-one">
      <h2>{say(kind.title)}</h2>
      <div className="row">
        <a className="btn" href={`/api/v1/lists/${kind.name}/template`} download>
          {say(w.template)}
        </a>
        {ready && (
          <>
            <a className="btn" href={out('xlsx')} download>
              {say(w.excel)}
            </a>
            <a className="btn" href={out('csv')} download>
              {say(w.csv)}
            </a>
          </>
        )}
      </div>
      {kind.personal && (
        <label className="field">
          <span className="label">{say(w.reason)}</span>
          <input className="input" value={reason} onChange={(event) => setReason(event.target.value)} />
        </label>
      )}
      <label className="field">
        <span className="label">{say(w.file)}</span>
        <input
          className="input"
          type="file"
          accept=".xlsx,.csv,.txt"
          disabled={send.isPending}
          onChange={({ target }) => {
            const file = target.files?.[0];
            if (file) send.mutate(file);
            // The same file, corrected, must be heard again.
            target.value = '';
          }}
        />
      </label>
      {send.isPending && <p role="status">{say(w.reading)}</p>}
      <Refused error={send.error} />
      {send.data && <Preview key={send.data.id} seen={send.data} />}
    </section>
  );
}
