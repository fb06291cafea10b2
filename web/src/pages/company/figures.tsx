import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { PackSpec } from '../../api/contract.ts';
import { wordsOf } from '../../api/problem.ts';
import { clauseFiguresQuery, type MetricFigure } from '../../api/reports.ts';
import { Icon } from '../../kit/icons.tsx';
import { sayHours } from '../../pack/limit.ts';
import { at, sayMoment, saySpan } from '../../time/format.ts';
import { now } from '../../time/now.ts';
import { useSpeech } from '../../words/lang.tsx';
import { w } from './words.ts';

const percent = (rate: number): string => `${(rate * 100).toFixed(rate === 1 || rate === 0 ? 0 : 1)}%`;

/** The pack's metrics, the headline first and large. Nothing here can be typed. */
export function Figures({ pack }: { pack: PackSpec }) {
  const { lang, say } = useSpeech();
  const report = useQuery(clauseFiguresQuery(pack.pack));
  const metrics = report.data?.figures.metrics.toSorted((a, b) => Number(b.headline) - Number(a.headline)) ?? [];
  if (report.isError) return <p className="note small">{say(wordsOf(report.error))}</p>;
  return (
    <section aria-labelledby="figures" aria-busy={report.isPending}>
      <h2 id="figures" className="only-read">
        {say(w.figures)}
      </h2>
      <ul className="figures">
        {metrics.map((metric) => (
          <li key={metric.metric} className={metric.headline ? 'card figure headline' : 'card figure'}>
            <Metric metric={metric} />
          </li>
        ))}
      </ul>
      {report.data && (
        <p className="small muted figures-why">
          {say(w.period, { from: report.data.figures.period.from, to: report.data.figures.period.to })} ·{' '}
          {say(w.computed, { at: sayMoment(at(report.data.computedAt), lang, now()) })} · {say(w.figuresWhy)}
        </p>
      )}
    </section>
  );
}

function Metric({ metric }: { metric: MetricFigure }) {
  const { say } = useSpeech();
  const { value, kind, of, target, atMost, met, how } = metric;
  return (
    <>
      <span className="small">
        {say(metric.title)} <span className="clause">{metric.clause}</span>
      </span>
      <span className="figure-value">{value === null ? '—' : kind === 'rate' ? percent(value) : value}</span>
      <span className="small muted">
        {value === null ? say(w.noCases) : kind === 'rate' ? say(w.of, { of }) : say(w.cases, { n: value })}
        {target !== null && ` · ${say(w.target, { n: percent(target) })}`}
        {atMost !== null && ` · ${say(w.atMost, { n: percent(atMost) })}`}
      </span>
      {met !== null && (
        <span>
          <span className={met ? 'tag kept' : 'tag late'}>
            <Icon name={met ? 'check' : 'alarm'} size={13} />
            {say(met ? w.met : w.missed)}
          </span>
        </span>
      )}
      {how && <span className="small muted">{say(how)}</span>}
    </>
  );
}

/** Beside a time limit: how often it was kept, and the cases that break it now. */
export function ClockFigure({ pack, procedure, clock }: { pack: PackSpec; procedure: string; clock: string }) {
  const { lang, say } = useSpeech();
  // Asked for above, if they are for the reader.
  const report = useQuery({ ...clauseFiguresQuery(pack.pack), enabled: false });
  const figure = report.data?.figures.clauses.find((each) => each.procedure === procedure && each.clock === clock);
  if (!figure) return null;
  const decided = figure.kept + figure.late + figure.overdue;
  return (
    <span className="clock-figure small">
      {figure.rate !== null && (
        <span className={figure.rate === 1 ? 'tag kept' : 'tag soon'}>
          {say(w.keptRate, { rate: percent(figure.rate), kept: figure.kept, of: decided })}
        </span>
      )}
      {figure.medianHours !== null && (
        <span className="muted">{say(w.median, { span: sayHours(figure.medianHours, say) })}</span>
      )}
      {figure.running > 0 && <span className="muted">{say(w.running, { n: figure.running })}</span>}
      {figure.breachedNow.length > 0 && (
        <details>
          <summary className="tag late">
            <Icon name="alarm" size={13} />
            {say(w.breaking, { n: figure.breachedNow.length })}
          </summary>
          <ul>
            {figure.breachedNow.map((one) => (
              <li key={one.caseId}>
                <Link to="/cases/$id" params={{ id: one.caseId }} className="mono">
                  {one.number}
                </Link>{' '}
                {one.responsible} {say(w.overBy, { span: saySpan(now() - one.dueAt)[lang] })}
              </li>
            ))}
          </ul>
        </details>
      )}
    </span>
  );
}
