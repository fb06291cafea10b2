import type { Text } from '@room/kernel/text.ts';
import type { SessionView } from '../api/contract.ts';
import type { IconName } from '../kit/icons.tsx';
import { w } from './words.ts';

/** What somebody must hold to be shown the way to a page; the server decides again. */
type Only = 'administers' | 'readsLooks' | 'calls';
export interface PageLink {
  to: string;
  title: Text;
  only?: Only;
}

/** What everybody opens all day stands in the bar itself. */
export const DAILY: readonly (PageLink & { icon: IconName })[] = [
  { to: '/', icon: 'list', title: w.worklist },
  { to: '/intake', icon: 'phone', title: w.intake },
  { to: '/calls', icon: 'ring', title: w.calls, only: 'calls' },
  { to: '/incidents', icon: 'alarm', title: w.incidents },
  { to: '/company', icon: 'book', title: w.company },
];

/** Everything else, by what it is about. */
export const GROUPS: readonly { title: Text; pages: readonly PageLink[] }[] = [
  {
    title: w.groupWork,
    pages: [
      { to: '/awaiting', title: w.awaiting },
      { to: '/change-of-shift', title: w.changeOfShift },
      { to: '/notices', title: w.notices },
      { to: '/dead-letters', title: w.deadLetters },
    ],
  },
  {
    title: w.groupPeople,
    pages: [
      { to: '/people', title: w.people },
      { to: '/shifts', title: w.shifts },
      { to: '/organisation', title: w.organisation },
      { to: '/powers', title: w.powers },
    ],
  },
  {
    title: w.groupPremises,
    pages: [
      { to: '/premises', title: w.premises, only: 'administers' },
      { to: '/handover', title: w.handover },
      { to: '/outside', title: w.outside },
      { to: '/lists', title: w.lists, only: 'administers' },
    ],
  },
  {
    title: w.groupSystem,
    pages: [
      { to: '/versions', title: w.versions },
      { to: '/connect', title: w.connect, only: 'administers' },
      { to: '/integrations', title: w.integrations, only: 'administers' },
      { to: '/keys', title: w.keys, only: 'administers' },
      { to: '/looks', title: w.looks, only: 'readsLooks' },
    ],
  },
  {
    title: w.groupMe,
    pages: [
      { to: '/notice-settings', title: w.noticeSettings },
      { to: '/account', title: w.myAccount },
    ],
  },
];

/** The pages of a list that this person has a use for. */
export const shownTo = <P extends PageLink>(
  pages: readonly P[],
  me: SessionView['signedIn'],
  takesCalls: boolean,
): readonly P[] =>
  pages.filter(({ only }) => only === undefined || (only === 'calls' ? takesCalls : me?.[only] === true));

/** What the browser's tab calls a page. */
export const titleOf = (path: string): Text | undefined =>
  path.startsWith('/cases/')
    ? w.caseTitle
    : path.startsWith('/people/')
      ? w.people
      : [...DAILY, ...GROUPS.flatMap((group) => group.pages)].find((page) => page.to === path)?.title;
