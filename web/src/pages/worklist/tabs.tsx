import type { Filter } from '../../api/worklist.ts';
import { useSpeech } from '../../words/lang.tsx';
import { w } from './words.ts';

export const VIEWS = [
  { view: 'mine', title: w.mine },
  { view: 'role', title: w.role },
  { view: 'all', title: w.all },
] as const;

/** Mine, my role's, all. */
export function ViewTabs(props: {
  view: Filter['view'];
  mine?: number | undefined;
  onChange(view: Filter['view']): void;
}) {
  const { say } = useSpeech();
  return (
    <fieldset className="segments">
      <legend className="only-read">{say(w.views)}</legend>
      {VIEWS.map(({ view, title }) => (
        <button key={view} type="button" aria-pressed={props.view === view} onClick={() => props.onChange(view)}>
          {say(title)}
          {view === 'mine' && props.mine !== undefined && <span className="count">{props.mine}</span>}
        </button>
      ))}
    </fieldset>
  );
}
