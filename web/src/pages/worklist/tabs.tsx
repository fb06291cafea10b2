import type { Filter } from '../../api/worklist.ts';
import { useSpeech } from '../../words/lang.tsx';
import { w } from './words.ts';

export const VIEWS = [
  { view: 'mine', title: w.mine },
  { view: 'role', title: w.role },
  { view: 'standIn', title: w.standIn },
  { view: 'all', title: w.all },
] as const;

/** Mine, my role's, what I look after for somebody else, all. */
export function ViewTabs(props: {
  view: Filter['view'];
  mine?: number | undefined;
  /** Undefined: he stands in for nobody, and the view is left out. */
  standIn?: number | undefined;
  onChange(view: Filter['view']): void;
}) {
  const { say } = useSpeech();
  return (
    <fieldset className="segments">
      <legend className="only-read">{say(w.views)}</legend>
      {VIEWS.filter(({ view }) => view !== 'standIn' || props.standIn !== undefined).map(({ view, title }) => (
        <button key={view} type="button" aria-pressed={props.view === view} onClick={() => props.onChange(view)}>
          {say(title)}
          {view === 'standIn' && <span className="count">{props.standIn}</span>}
          {view === 'mine' && props.mine !== undefined && <span className="count">{props.mine}</span>}
        </button>
      ))}
    </fieldset>
  );
}
