import type { Filter } from '../../api/worklist.ts';

const KEY = 'huiyin.worklist';
export const noFilter: Filter = { view: 'mine', q: '', pack: '', procedure: '', state: 'open', overdue: false };

/** The filter of this tab's last visit, so that coming back from a case finds the same list. */
export function keptFilter(): Filter {
  const kept: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? '{}');
  return typeof kept === 'object' && kept !== null ? { ...noFilter, ...kept } : noFilter;
}
export const keepFilter = (filter: Filter): void => sessionStorage.setItem(KEY, JSON.stringify(filter));
