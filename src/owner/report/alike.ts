import { createHash } from 'node:crypto';
import type { RegisterCommand } from '#case/context.ts';
import type { Values } from '#case/event.ts';
import { leadOf } from '#case/joining.ts';
import type { CaseState } from '#case/state.ts';
import { type Incident, incidentsAt } from '#inbox/incidents.ts';
import { findSimilar, LIKELY, type Similar } from '#inbox/similar.ts';
import type { Text } from '#kernel/text.ts';
import type { CompiledPack } from '#policy/compile.ts';
import type { ProcedureSpec } from '#policy/language/procedure.ts';
import { flatten } from '#policy/language/taxonomy.ts';
import { ownerly } from '#policy/tell/ownerly.ts';
import type { OwnerDeps } from '../deps.ts';
import { type Html, html, lines } from '../html.ts';
import type { Posted } from '../posted.ts';
import { saySince } from '../time-words.ts';
import type { Visit } from '../visit.ts';
import type { Word } from '../words.ts';
import { caseIdOf } from './submit.ts';

/** What may be the same thing: a matter that runs, or a known outage. Only what any neighbour may know is shown of it. */
export interface Alike {
  /** What the button sends: made from the form's key, so that it tells nothing of the case. */
  sign: string;
  ties: Pick<RegisterCommand, 'joins' | 'incident'>;
  draw(visit: Visit): Html;
}

/** Name of the buttons that answer; `ANEW` means: register it by itself. */
export const ANSWER = 'alike';
export const ANEW = 'anew';
const MOST = 3;
const WHERE: Partial<Record<Similar['nearness'], Word>> = {
  sameUnit: 'alikeHere',
  sameEntrance: 'alikeEntrance',
  sameBuilding: 'alikeBuilding',
  sameEstate: 'alikeEstate',
};

/** What runs already at the place of a report and sounds like it; nothing when nobody knows where it is. */
export async function alikeOf(deps: OwnerDeps, tenant: string, values: Values, key: string): Promise<Alike[]> {
  const premisesId = placeIn(values);
  if (premisesId === null) return [];
  const words = [values.content, values.category].flatMap((value) => (typeof value === 'string' ? value : []));
  // The same form on its way twice must not meet itself.
  const sought = { words: words.join('\n'), premisesId, roomless: true, exceptCaseId: caseIdOf(tenant, key) };
  const [found, outages] = await Promise.all([
    findSimilar(deps.pool, tenant, sought, deps.time.now()),
    incidentsAt(deps.pool, tenant, premisesId),
  ]);
  const sign = (id: string): string =>
    createHash('sha256').update(`huiyin alike ${key} ${id}`).digest('hex').slice(0, 24);
  const alike = new Map<string, Alike>();
  for (const outage of outages)
    alike.set(outage.id, {
      sign: sign(outage.id),
      ties: { incident: { incidentId: outage.id, title: outage.title } },
      draw: (visit) => drawOutage(outage, visit),
    });
  for (const { state, nearness, score } of found) {
    const where = WHERE[nearness];
    if (score < LIKELY || where === undefined) continue;
    const pack = await deps.handling.packs.version(tenant, state.pack, state.packVersion);
    const procedure = pack.procedures[state.procedure];
    // That somebody complained of a neighbour, or told a few of something, is not even known to have happened.
    if (!procedure || procedure.internal || procedure.readers !== undefined) continue;
    const thing = sharedThing(state, procedure, pack);
    if (!thing) continue;
    const lead = await leadWithin(deps, tenant, state);
    if (!lead || alike.has(lead.id)) continue;
    alike.set(lead.id, {
      sign: sign(lead.id),
      ties: { joins: { caseId: lead.id, number: lead.number, procedure: lead.procedure } },
      draw: (visit) => drawMatter(state, procedure, { thing, where }, visit),
    });
  }
  return [...alike.values()].slice(0, MOST);
}

/** What he answered; undefined when he was not asked yet. An answer about something that has ended meanwhile ties nothing. */
export function answerIn(posted: Posted, alike: readonly Alike[]): Alike['ties'] | undefined {
  const answer = posted.text(ANSWER);
  return answer === '' ? undefined : (alike.find(({ sign }) => sign === answer)?.ties ?? {});
}

/** The question, above the form that was filled in. */
export function drawAlike(alike: readonly Alike[], visit: Visit): Html {
  const { speak } = visit;
  return html`<section class="box" role="status" id="faults" tabindex="-1" aria-labelledby="alike"><h2 id="alike">${speak('alikeTitle')}</h2><p>${speak('alikeText')}</p>
${alike.map(
  (one) =>
    html`<div class="alike">${one.draw(visit)}<button name="${ANSWER}" value="${one.sign}">${speak('alikeJoin')}</button></div>`,
)}<button class="main" name="${ANSWER}" value="${ANEW}">${speak('alikeAnew')}</button></section>`;
}

/** Another's words, name and room stay his: the shared thing, how near, since when, how far. */
function drawMatter(
  state: CaseState,
  procedure: ProcedureSpec,
  { thing, where }: { thing: Text; where: Word },
  { speak, lang, now }: Visit,
): Html {
  const here = procedure.states[state.state];
  return html`<p><b>${thing[lang]}</b></p><p class="meta">${speak(where)} · ${speak('alikeSince', { at: saySince(state.receivedAt, now, lang) })}${here && html` · ${ownerly(here.owner ?? here.title, lang)}`}</p>`;
}

const drawOutage = ({ title, words }: Incident, { speak, lang }: Visit): Html =>
  html`<p><b>${title[lang]}</b></p><p class="meta">${speak('alikeKnown')}</p><p>${lines(words[lang])}</p>`;

/** What everybody's it is, as somebody of the house has sorted the matter; words alone may be about a neighbour. */
function sharedThing({ values }: CaseState, { intake, steps }: ProcedureSpec, pack: CompiledPack): Text | undefined {
  const fields = [intake, ...Object.values(steps)].flatMap((part) => Object.entries(part.fields));
  for (const [name, spec] of fields) {
    if (spec.type !== 'category' || typeof values[name] !== 'string') continue;
    const terms = flatten(pack.taxonomies[String(spec.of)]?.terms ?? []);
    const found = terms.find(({ path, shared }) => shared && path === values[name]);
    if (found) return found.term.title;
  }
  return undefined;
}

async function leadWithin(deps: OwnerDeps, tenant: string, state: CaseState): Promise<CaseState | undefined> {
  const lead = leadOf(state);
  return lead?.caseId ? (await deps.handling.caseById(tenant, lead.caseId))?.state : state;
}

function placeIn(values: Values): string | null {
  for (const value of Object.values(values))
    if (typeof value === 'object' && value !== null && !Array.isArray(value) && typeof value.premisesId === 'string')
      return value.premisesId;
  return null;
}
