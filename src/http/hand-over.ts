import { casesHeldBy } from '#directory/deactivate.ts';
import { refusal } from '#kernel/refusal.ts';
import { text } from '#kernel/text.ts';
import type { HandOverBody, HandOverView } from './contract/people.ts';
import type { HttpDeps } from './deps.ts';
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
      verdicts.push({ caseId: id, number, duty, done: said.ok, refusal: said.ok ? null : faultOf(said.refusal) });
    }
  const remaining = (await casesHeldBy(deps.pool, tenant, personId)).length;
  const to = { id: successor.id, name: successor.name, unitId: successor.unitId };
  return answer(200, { verdicts, remaining, to } satisfies HandOverView);
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
