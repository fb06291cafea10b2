import type { PackSpec, ProcedureSpec } from '../../api/contract.ts';
import { Icon, type IconName } from '../../kit/icons.tsx';
import { type ClausePart, clausesOf } from '../../pack/clauses.ts';
import { sayDuration, sayLimit } from '../../pack/limit.ts';
import { roleTitle } from '../../pack/titles.ts';
import { join } from '../../words/join.ts';
import { useSpeech } from '../../words/lang.tsx';
import { ClockFigure } from './figures.tsx';
import { w } from './words.ts';

const ICONS: Record<ClausePart['kind'], IconName> = { step: 'check', clock: 'clock', form: 'paper' };
const BASIS: { [basis: string]: { zh: string; en: string } } = {
  interpretation: w.basisInterpretation,
  default: w.basisDefault,
};

/** Clause by clause: the steps, clocks and papers that carry it out. */
export function Clauses({ pack, procedure, name }: { pack: PackSpec; procedure: ProcedureSpec; name: string }) {
  return (
    <ol className="clauses">
      {clausesOf(procedure).map(({ clause, parts }) => (
        <li key={clause}>
          <span className="clause-number">{clause}</span>
          <ul>
            {parts.map((part) => (
              <li key={`${part.kind}.${part.name}`} className="clause-part">
                <Icon name={ICONS[part.kind]} size={16} />
                <Part part={part} pack={pack} procedure={name} />
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ol>
  );
}

function Part({ part, pack, procedure }: { part: ClausePart; pack: PackSpec; procedure: string }) {
  const { say } = useSpeech();
  const roles = (names: readonly string[]) =>
    join(
      names.map((role) => roleTitle(pack, role, say)),
      say,
    );
  const basis = BASIS[part.basis];
  return (
    <div>
      <span className="row">
        <b>{say(part.title)}</b>
        {part.kind === 'clock' && <span className="tag brand">{sayLimit(part.spec.limit, pack, say)}</span>}
        {part.kind === 'clock' && part.spec.target && (
          <span className="small">{say(w.target2, { span: sayLimit(part.spec.target, pack, say) })}</span>
        )}
        {part.kind === 'clock' && <ClockFigure pack={pack} procedure={procedure} clock={part.name} />}
        {basis && <span className="small muted">{say(basis)}</span>}
      </span>
      {part.kind === 'step' && (
        <span className="small muted">
          {part.help && `${say(part.help)} · `}
          {say(w.by, { who: roles(part.by) })}
        </span>
      )}
      {part.kind === 'clock' && (
        <span className="small muted">
          {say(w.told, { who: part.spec.ladder.map((level) => roles(level.tells)).join(' → ') })}
          {part.spec.repeat && ` · ${say(w.repeat, { span: sayDuration(part.spec.repeat, say) })}`}
        </span>
      )}
    </div>
  );
}
