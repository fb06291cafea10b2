import { useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { PackSummary } from '../../api/contract.ts';
import { currentPacksQuery, usePack } from '../../api/packs.ts';
import { useMe } from '../../api/session.ts';
import { at, sayMoment } from '../../time/format.ts';
import { now } from '../../time/now.ts';
import { useSpeech } from '../../words/lang.tsx';
import { Beside } from './beside.tsx';
import { Clauses } from './clauses.tsx';
import { Figures } from './figures.tsx';
import { Registers } from './register.tsx';
import { w } from './words.ts';
import './company.css';

const KEPT = 'huiyin.company.pack';

/** The written procedures as they run: each clause with what carries it out and how well it is kept. */
export default function CompanyPage() {
  const summaries = useSuspenseQuery(currentPacksQuery).data;
  const [chosen, setChosen] = useState(() => sessionStorage.getItem(KEPT));
  const summary = summaries.find(({ pack }) => pack === chosen) ?? summaries[0];
  if (!summary) return null;
  const choose = (pack: string) => {
    sessionStorage.setItem(KEPT, pack);
    setChosen(pack);
  };
  return (
    <>
      {summaries.length > 1 && <PackTabs summaries={summaries} value={summary.pack} onChange={choose} />}
      <Pack key={summary.pack} summary={summary} />
    </>
  );
}

interface TabsProps {
  summaries: readonly PackSummary[];
  value: string;
  onChange(pack: string): void;
}

/** Which of several written procedures is looked at. */
function PackTabs({ summaries, value, onChange }: TabsProps) {
  const { say } = useSpeech();
  return (
    <fieldset className="field">
      <legend className="only-read">{say(w.packs)}</legend>
      <span className="pick">
        {summaries.map(({ pack, title }) => (
          <label key={pack}>
            <input type="radio" name="pack" checked={pack === value} onChange={() => onChange(pack)} />
            {pack} {say(title)}
          </label>
        ))}
      </span>
    </fieldset>
  );
}

function Pack({ summary }: { summary: PackSummary }) {
  const { lang, say } = useSpeech();
  const pack = usePack(summary.pack, summary.version);
  const { readsLooks } = useMe();
  const names = Object.keys(pack.procedures);
  const headline = Object.values(pack.metrics).find((metric) => metric.headline);
  const [chosen, setChosen] = useState(headline?.procedure ?? names[0] ?? '');
  const procedure = pack.procedures[chosen];
  return (
    <article className="company">
      <header>
        <div className="page-head">
          <h1>{say(pack.title)}</h1>
          <span className="small muted">
            {say(w.version, { version: summary.version, at: sayMoment(at(summary.publishedAt), lang, now()) })}
          </span>
          <Link to="/versions" className="btn plain">
            {say(w.versions)}
          </Link>
          {readsLooks && (
            <Link to="/looks" className="btn plain">
              {say(w.looks)}
            </Link>
          )}
        </div>
        <p className="muted">{say(pack.scope)}</p>
      </header>
      {summary.readsFigures ? <Figures pack={pack} /> : <p className="note small">{say(w.figuresNotYours)}</p>}
      <section aria-labelledby="principles">
        <h2 id="principles" className="only-read">
          {say(w.principles)}
        </h2>
        <ul className="principles">
          {pack.principles.map((principle) => {
            const [name = '', ...rest] = say(principle.title).split(/[：:]\s*/);
            return (
              <li key={principle.title.en} className="card">
                <b>{name}</b>
                <span className="small">{rest.join('：')}</span>
                <span className="clause">{principle.clause}</span>
              </li>
            );
          })}
        </ul>
      </section>
      <Registers pack={pack} />
      <div className="company-parts">
        <section className="card stack" aria-labelledby="clauses">
          <div className="page-head" style={{ margin: 0 }}>
            <h2 id="clauses">{say(w.clauses)}</h2>
            <label>
              <span className="only-read">{say(w.procedure)}</span>
              <select className="input" value={chosen} onChange={(event) => setChosen(event.target.value)}>
                {names.map((name) => (
                  <option key={name} value={name}>
                    {pack.procedures[name] && say(pack.procedures[name].title)}
                  </option>
                ))}
              </select>
            </label>
          </div>
          {procedure && <Clauses pack={pack} procedure={procedure} name={chosen} />}
        </section>
        <Beside pack={pack} />
      </div>
    </article>
  );
}
