import { type FormEvent, useState } from 'react';
import type { PlacesBody, PremisesView } from '../../api/contract.ts';
import { usePlacesImport, usePlacesPreview } from '../../api/premises.ts';
import { Refused } from '../../kit/refused.tsx';
import { useSpeech } from '../../words/lang.tsx';
import { Layout, type LayoutWords, layoutOf, START } from './layout.tsx';
import { Verdicts } from './verdicts.tsx';
import { w } from './words.ts';

const WAYS = ['paste', 'generate'] as const;

/** A pasted list or a regular layout: first what would happen, then the writing. */
export function AddPlaces({ estate }: { estate: PremisesView }) {
  const { say } = useSpeech();
  const [way, setWay] = useState<(typeof WAYS)[number]>('paste');
  const [typed, setTyped] = useState('');
  const [layout, setLayout] = useState<LayoutWords>(START);
  const [leaveOut, setLeaveOut] = useState(false);
  const preview = usePlacesPreview();
  const write = usePlacesImport();
  const body = (): PlacesBody =>
    way === 'paste'
      ? { estateId: estate.id, lines: typed.split(/\r?\n/) }
      : { estateId: estate.id, generate: layoutOf(layout) };
  // What was looked at no longer holds once a word has changed.
  const changed = () => {
    preview.reset();
    write.reset();
    setLeaveOut(false);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    write.reset();
    if (!preview.isPending) preview.mutate(body());
  };
  const seen = preview.data;
  const counts = seen?.counts;
  const fresh = counts ? counts.new + counts.owner + counts.phone : 0;
  return (
    <section className="card stack">
      <h2>{say(w.add)}</h2>
      <form className="stack" onSubmit={submit}>
        <fieldset className="field">
          <legend className="only-read">{say(w.how)}</legend>
          <div className="pick">
            {WAYS.map((one) => (
              <label key={one}>
                <input
                  type="radio"
                  name="way"
                  checked={way === one}
                  onChange={() => {
                    setWay(one);
                    changed();
                  }}
                />
                {say(w[one])}
              </label>
            ))}
          </div>
        </fieldset>
        {way === 'paste' ? (
          <label className="field">
            <span className="label">{say(w.lines)}</span>
            <textarea
              className="input"
              spellCheck={false}
              value={typed}
              onChange={(event) => {
                setTyped(event.target.value);
                changed();
              }}
            />
            <span className="hint">{say(w.linesHint)}</span>
          </label>
        ) : (
          <Layout
            words={layout}
            onChange={(next) => {
              setLayout(next);
              changed();
            }}
          />
        )}
        <Refused error={preview.error} />
        <div className="row">
          <button type="submit" className="btn main" disabled={preview.isPending}>
            {say(w.preview)}
          </button>
        </div>
      </form>
      {write.data ? (
        <Verdicts title={w.written} said={write.data} />
      ) : (
        seen && (
          <>
            <Verdicts title={w.result} said={seen} />
            {seen.counts.fault > 0 && (
              <label className="row">
                <input type="checkbox" checked={leaveOut} onChange={({ target }) => setLeaveOut(target.checked)} />
                {say(w.leaveOut, { n: seen.counts.fault })}
              </label>
            )}
            <Refused error={write.error} />
            <div className="row">
              <button
                type="button"
                className="btn main"
                disabled={fresh === 0 || write.isPending}
                onClick={() => write.mutate({ ...body(), leaveOutFaulty: leaveOut })}
              >
                {fresh === 0 ? say(w.nothing) : say(w.import, { n: fresh })}
              </button>
            </div>
          </>
        )
      )}
    </section>
  );
}
