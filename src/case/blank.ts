import type { CaseState } from './state.ts';

/** A case that does not exist yet, for conditions that look at one. */
export const blank: CaseState = {
  id: '',
  seq: 0,
  number: '',
  pack: '',
  packVersion: '',
  procedure: '',
  matter: '',
  channel: '',
  receivedAt: 0,
  registeredAt: 0,
  state: '',
  enteredAt: 0,
  round: 1,
  values: {},
  duties: { firstReceiver: null, assignee: null, caseOfficer: null, followUpVisitor: null },
  entries: {},
  clocks: [],
  documents: [],
  links: [],
  notes: [],
  outcome: null,
  closedAt: null,
  archivedAt: null,
};
