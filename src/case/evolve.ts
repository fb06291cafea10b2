import { blank } from './blank.ts';
import type { CaseEvent, CaseEvents, Duty, EventType, MovedClock } from './event.ts';
import { INCIDENT, LEAD, MEMBER } from './relations.ts';
import type { CaseState, ClockRun } from './state.ts';

type EventOf<T extends EventType> = Extract<CaseEvent, { type: T }>;
type Fold = { [T in EventType]?: (state: CaseState, event: EventOf<T>) => CaseState };

/** Replaces one run of one clock. */
function onRun(state: CaseState, data: { clock: string; run: number }, change: (run: ClockRun) => ClockRun): CaseState {
  return {
    ...state,
    clocks: state.clocks.map((run) => (run.clock === data.clock && run.run === data.run ? change(run) : run)),
  };
}

/** The clocks of a case after one of them was taken over by another version. */
function movedClocks(clocks: ClockRun[], moved: MovedClock): ClockRun[] {
  if (moved.act === 'started') {
    const { act: _, limit: __, ...run } = moved;
    return [...clocks, { ...run, fired: 0, pauses: [], status: 'running', breachedAt: null, stoppedAt: null }];
  }
  return clocks.map((run) => {
    if (run.clock !== moved.clock || run.run !== moved.run) return run;
    if (moved.act === 'ended') return { ...run, status: moved.verdict, stoppedAt: moved.stoppedAt };
    const { dueAt, targetAt, moments, calendar, provisionalYears, clause, limit } = moved;
    const { limit: _, ...rest } = run;
    const taken = { ...rest, dueAt, targetAt, moments, calendar, provisionalYears, clause };
    return limit === null ? taken : { ...taken, limit };
  });
}

const spoken = (run: ClockRun): ClockRun => ({ ...run, fired: run.fired + 1 });

const tied = (
  state: CaseState,
  relation: string,
  { caseId, procedure, number }: { caseId: string | null; procedure: string; number: string },
): CaseState => ({
  ...state,
  links: [...state.links, { caseId, procedure, relation, reference: number, outcome: null }],
});
const untied = (state: CaseState, relation: string, caseId: string): CaseState => ({
  ...state,
  links: state.links.filter((link) => link.relation !== relation || link.caseId !== caseId),
});

/** The offers without that of one duty; nothing to change where there are none. */
function withoutOffer({ offers }: CaseState, duty: Duty): Pick<CaseState, 'offers'> {
  if (!offers) return {};
  const { [duty]: _, ...rest } = offers;
  return { offers: rest };
}

const THEN = { others: 'offered', next: 'declined', fallback: 'fallback' } as const;

const fold: Fold = {
  stepTaken: (state, { data, personal, at, actor }) => ({
    ...state,
    state: data.to,
    enteredAt: data.to === state.state ? state.enteredAt : at,
    entries: {
      ...state.entries,
      [data.step]: [
        ...(state.entries[data.step] ?? []),
        {
          seq: state.seq + 1,
          step: data.step,
          round: data.round,
          at,
          by: actor,
          values: personal ? { ...data.values, ...personal } : data.values,
          visible: data.visible,
        },
      ],
    },
  }),
  fieldsChanged: (state, { data, personal }) => ({
    ...state,
    values: {
      ...state.values,
      ...Object.fromEntries(data.changes.map((change) => [change.field, change.after])),
      ...personal,
    },
  }),
  tableDecided: (state, { data }) => ({
    ...state,
    values: { ...state.values, ...Object.fromEntries(data.changes.map((change) => [change.field, change.after])) },
  }),
  dutyAssigned: (state, { data }) => ({
    ...state,
    duties: { ...state.duties, [data.duty]: data.person },
    ...withoutOffer(state, data.duty),
    // However it was given: nobody need be looked for any more.
    ...(state.dispatch?.duty === data.duty ? { dispatch: { ...state.dispatch, status: 'given' as const } } : {}),
  }),
  dutyOffered: (state, { data: { duty, person, reason, clause, shift }, at }) => ({
    ...state,
    offers: { ...state.offers, [duty]: { person, reason, clause, at, ...(shift ? { shift } : {}) } },
  }),
  dutyOfferLate: (state, { data }) => {
    const offers = { ...state.offers };
    for (const duty of data.duties) {
      const offer = offers[duty];
      if (offer?.shift) offers[duty] = { ...offer, shift: { ...offer.shift, late: true } };
    }
    return { ...state, offers };
  },
  dutyOfferEnded: (state, { data }) => ({ ...state, ...withoutOffer(state, data.duty) }),
  dispatchDecided: (state, { data, at }) => ({
    ...state,
    dispatch: {
      policy: data.policy,
      duty: data.duty,
      status: data.said === 'nobody' ? 'fallback' : data.said,
      at,
      offered: [...data.offered],
      declined: state.dispatch?.status === 'given' ? [] : (state.dispatch?.declined ?? []),
    },
  }),
  dispatchDeclined: (state, { data, at }) => ({
    ...state,
    dispatch: {
      policy: data.policy,
      duty: data.duty,
      status: THEN[data.then],
      at,
      offered: (state.dispatch?.offered ?? []).filter((one) => one.id !== data.person.id),
      declined: [...(state.dispatch?.declined ?? []), { personId: data.person.id, reason: data.reason }],
    },
  }),
  clockStarted: (state, { data }) => ({
    ...state,
    clocks: [...state.clocks, { ...data, fired: 0, pauses: [], status: 'running', breachedAt: null, stoppedAt: null }],
  }),
  clockStopped: (state, { data }) =>
    onRun(state, data, (run) => ({ ...run, status: data.verdict, stoppedAt: data.stoppedAt })),
  clockPaused: (state, { data, at }) =>
    onRun(state, data, (run) => ({
      ...run,
      status: 'paused',
      pauses: [...run.pauses, { from: at, to: null, reason: data.reason }],
    })),
  clockResumed: (state, { data, at }) =>
    onRun(state, data, (run) => ({
      ...run,
      status: 'running',
      dueAt: data.dueAt,
      targetAt: data.targetAt,
      moments: data.moments,
      provisionalYears: data.provisionalYears,
      pauses: run.pauses.map((pause) => (pause.to === null ? { ...pause, to: at } : pause)),
    })),
  clockWarned: (state, { data }) => onRun(state, data, spoken),
  clockTargetMissed: (state, { data }) => onRun(state, data, spoken),
  clockBreached: (state, { data, at }) =>
    onRun(state, data, (run) => ({
      ...spoken(run),
      breachedAt: run.breachedAt ?? at,
      moments: data.again ? [...run.moments, data.again] : run.moments,
    })),
  documentIssued: (state, { data, at }) => ({
    ...state,
    documents: [
      ...state.documents,
      { form: data.form, number: data.number, digest: data.digest, issuedAt: at, signature: null, voided: false },
    ],
  }),
  documentSigned: (state, { data, at }) => ({
    ...state,
    documents: state.documents.map((paper) =>
      paper.form === data.form && paper.digest === data.digest && !paper.voided
        ? {
            ...paper,
            signature: {
              signer: data.signer,
              method: data.method,
              at,
              attachment: data.attachment,
              witness: data.witness,
            },
          }
        : paper,
    ),
  }),
  signatureVoided: (state, { data }) => ({
    ...state,
    documents: state.documents.map((paper) =>
      paper.form === data.form && paper.digest === data.digest ? { ...paper, voided: true } : paper,
    ),
  }),
  roundStarted: (state, { data }) => ({ ...state, round: data.round }),
  caseOpened: (state, { data }) => ({
    ...state,
    links: [
      ...state.links,
      { caseId: data.caseId, procedure: data.procedure, relation: data.relation, reference: '', outcome: null },
    ],
  }),
  linkedCaseEnded: (state, { data: { caseId, outcome, failed } }) => ({
    ...state,
    links: state.links.map((link) =>
      link.caseId === caseId ? { ...link, outcome, ...(failed ? { failed } : {}) } : link,
    ),
  }),
  caseMoved: (state, { data }) => ({
    ...state,
    packVersion: data.to,
    clocks: data.clocks.reduce(movedClocks, state.clocks),
  }),
  caseJoined: (state, { data }) => tied(state, LEAD, data),
  caseSplit: (state, { data }) => untied(state, LEAD, data.caseId),
  memberJoined: (state, { data }) => tied(state, MEMBER, data),
  memberSplit: (state, { data }) => untied(state, MEMBER, data.caseId),
  incidentLinked: (state, { data }) =>
    tied(state, INCIDENT, { caseId: null, procedure: INCIDENT, number: data.title.zh }),
  callKept: (state) => state,
  caseClosed: (state, { data, at }) => ({ ...state, outcome: data.outcome, closedAt: at }),
  caseArchived: (state, { at }) => ({ ...state, archivedAt: at }),
  noteAdded: (state, { data, at, actor }) => ({
    ...state,
    notes: [
      ...state.notes,
      {
        seq: state.seq + 1,
        at,
        by: actor,
        text: data.text,
        visible: data.visible,
        ...(data.files ? { files: data.files } : {}),
      },
    ],
  }),
};

/** The case after one more fact. The first fact must be its registration. */
export function evolve(state: CaseState | null, event: CaseEvent, caseId: string): CaseState {
  if (event.type === 'caseRegistered') return begin(event.data, event.personal ?? {}, event.at, caseId);
  if (state === null)
    throw new Error(`The journal of case ${caseId} begins with ${event.type} instead of its registration`);
  // Each handler takes exactly the event of its own key; the index type cannot say so.
  const handler = fold[event.type] as ((state: CaseState, event: CaseEvent) => CaseState) | undefined;
  // Every handler hands back a copy of its own, so it may still be counted up.
  const next = handler ? handler(state, event) : { ...state };
  next.seq = state.seq + 1;
  return next;
}

function begin(data: CaseEvents['caseRegistered'], personal: CaseState['values'], at: number, id: string): CaseState {
  const {
    number,
    pack,
    packVersion,
    procedure,
    matter,
    channel,
    receivedAt,
    registeredAt,
    state,
    values,
    origin,
    via,
  } = data;
  return {
    ...blank,
    id,
    seq: 1,
    number,
    pack,
    packVersion,
    procedure,
    matter,
    channel,
    ...(via ? { via } : {}),
    receivedAt,
    registeredAt,
    state,
    enteredAt: at,
    values: { ...values, ...personal },
    links: origin ? [{ ...origin, procedure: '', outcome: null }] : [],
  };
}

/** The case as its whole journal makes it. */
export function replay(caseId: string, events: Iterable<CaseEvent>): CaseState {
  let state: CaseState | null = null;
  for (const event of events) state = evolve(state, event, caseId);
  if (state === null) throw new Error(`Case ${caseId} has no journal`);
  return state;
}
