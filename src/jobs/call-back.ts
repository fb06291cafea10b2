import type { Task } from 'graphile-worker';
import { z } from 'zod';
import { formatLocal } from '#clock/civil.ts';
import { quietUntil } from '#clock/quiet.ts';
import { withTenant } from '#db/pool.ts';
import { maskPhone } from '#directory/mask.ts';
import { noticeRules } from '#handling/notice-rules.ts';
import { tellHouse } from '#handling/tell-house.ts';
import type { TimeSource } from '#handling/time.ts';
import { CALL_BACK, type Call, climbsAt } from '#inbox/calls/call.ts';
import { anybodyHere, type DeskDeps, onDutyAtTelephone, rungOf } from '#inbox/calls/desk.ts';
import { escalate, heldCall } from '#inbox/calls/store.ts';
import { doLater } from '#journal/later.ts';
import { type Instant, MINUTE } from '#kernel/instant.ts';
import { type Text, text } from '#kernel/text.ts';

const due = z.object({ tenant: z.string(), what: z.string() });

/**
 * A caller who was missed has not been called back in time: the desk hears of it, then its head, then his. Nothing when
 * somebody has said meanwhile what became of it, or when it was told already. In the company's quiet hours it waits for
 * the morning, unless somebody at the telephones is on shift.
 */
export function callBack(deps: DeskDeps & { time: TimeSource }): Task {
  return async (raw) => {
    const { tenant, what: callId } = due.parse(raw);
    const now = deps.time.now();
    const [directory, desk] = [await deps.directory.at(tenant, now), await onDutyAtTelephone(deps, tenant, now)];
    await withTenant(deps.pool, tenant, async (client) => {
      const call = await heldCall(client, tenant, callId);
      const moment = call ? climbsAt(call, now) : null;
      if (!call || moment === null) return;
      // Nobody is there to call back, nor does anybody hear in his sleep that nobody does.
      const { quiet } = await noticeRules(client, tenant);
      const morning = (await anybodyHere(deps, tenant, desk, now)) ? null : quiet && quietUntil(now, quiet);
      const at = Math.max(moment, morning ?? 0);
      if (at > now) return doLater(client, tenant, CALL_BACK, callId, at);
      const level = call.escalations.length + 1;
      const people = rungOf(desk, level, directory);
      if (people.length === 0) return;
      const top = rungOf(desk, level + 1, directory).length === 0;
      await escalate(client, tenant, call, { to: people, top }, now);
      const role = level === 1 ? 'desk' : 'superior';
      const text = wordsFor(call, level, now);
      const letters = people.map(({ id, name }) => ({ id, name, role, text }));
      await tellHouse(client, tenant, letters, { about: 'call', id: callId, notice: 'callBack' }, now);
    });
  };
}

function wordsFor(call: Call, level: number, now: Instant): Text {
  const at = formatLocal(call.beganAt);
  const phone = call.caller === null ? null : maskPhone(call.caller);
  const [estate, atEstate] = call.estate === null ? ['', ''] : [`（${call.estate}）`, ` (${call.estate})`];
  const since = Math.round((now - (call.endedAt ?? call.beganAt)) / MINUTE);
  const zh = `${at} 的未接来电 ${phone ?? '未显示号码'}${estate}`;
  const en = `The call missed at ${at} from ${phone ?? 'a withheld number'}${atEstate}`;
  return level === 1
    ? text(`${zh} 到时限还没有回电，请马上回`, `${en} is due to be called back now`)
    : text(`${zh} 已过 ${since} 分钟仍没有回电，请督促值班`, `${en} has not been called back for ${since} minutes`);
}
