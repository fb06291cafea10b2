import type { Duty } from '#case/event.ts';
import { waitsFor } from '#case/hand-over.ts';
import type { CaseState } from '#case/state.ts';
import { casesHeldBy } from '#directory/deactivate.ts';
import { refusal } from '#kernel/refusal.ts';
import { text } from '#kernel/text.ts';
import type { HandOverBody, HandOverView } from './contract/people.ts';
import type { HttpDeps } from './deps.ts';
import { wireOrNull } from './moment.ts';
import { answer, refused, type Said } from './mount.ts';
import type { Viewer } from './who.ts';

/**
 * Passes what somebody holds to a named person, duty by duty, by the same order a clerk gives on the case: each stands in
 * its journal with the reason. A case whose procedure lets the viewer not reassign keeps its holder, and says who may.
 */
export async function handOver(deps: HttpDeps, viewer: Viewer, personId: string, body: HandOverBody): Promise<Said> {
  const { tenant, actor } = viewer;
  const directory = await deps.directory.at(tenant, deps.time.now());
  const successor = directory.person(body.to);
  if (!successor?.active || body.to === personId) return refused(notActive);
  if (body.reason.trim() === '') return refused(withoutReason);
  const wanted = body.cases && new Set(body.cases);
  const held = (await casesHeldBy(deps.pool, tenant, personId)).filter((one) => wanted?.has(one.id) ?? true);
  const verdicts: HandOverView['verdicts'] = [];
  for (const { id, number, duties } of held)
    for (const duty of duties) {
      const said = await deps.handling.handle({
        tenant,
        actor,
        caseId: id,
        command: { type: 'reassign', duty, personId: body.to, reason: body.reason.trim() },
      });
      const waits = said.ok ? await waiting(deps, tenant, said.value.state, duty) : null;
      const refusal = said.ok ? null : faultOf(said.refusal);
      verdicts.push({ caseId: id, number, duty, done: said.ok && waits === null, waits, refusal });
    }
  const remaining = (await casesHeldBy(deps.pool, tenant, personId)).length;
  const to = { id: successor.id, name: successor.name, unitId: successor.unitId };
  return answer(200, { verdicts, remaining, to } satisfies HandOverView);
}

/** Where the procedure asks for the next one's acceptance, whom it waits for and until when. */
async function waiting(
  { handling }: HttpDeps,
  tenant: string,
  state: CaseState,
  duty: Duty,
): Promise<HandOverView['verdicts'][number]['waits']> {
  const offer = waitsFor(state, duty, await handling.packs.version(tenant, state.pack, state.packVersion));
  return offer ? { name: offer.person.name, until: wireOrNull(offer.until) } : null;
}

const faultOf = ({ code, message, who }: ReturnType<typeof refusal>): HandOverView['verdicts'][number]['refusal'] => ({
  code,
  messages: message,
  ...(who === undefined ? {} : { who }),
});

const notActive = refusal(
  'assign.notActive',
  text('请选择另一名在岗人员接手', 'Choose another active member of staff to take over'),
  { field: 'to' },
);
const withoutReason = refusal('assign.withoutReason', text('请写明转交理由', 'Say why the cases change hands'), {
  field: 'reason',
});
