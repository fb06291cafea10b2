import type { Task } from 'graphile-worker';
import type { Pool } from 'pg';
import { z } from 'zod';
import { levelsAbove } from '#case/away.ts';
import type { Person } from '#case/context.ts';
import { recused } from '#case/roles.ts';
import { formatLocal } from '#clock/civil.ts';
import { withTenant } from '#db/pool.ts';
import { directoryAt } from '#directory/directory.ts';
import { loadSnapshot } from '#directory/snapshot.ts';
import type { Packs } from '#handling/packs.ts';
import { readShiftList, type ShiftList } from '#handling/shift-lists.ts';
import { readShiftRules, SHIFT_LATE } from '#handling/shift-rules.ts';
import { tellHouse } from '#handling/tell-house.ts';
import type { TimeSource } from '#handling/time.ts';
import { doLater } from '#journal/later.ts';
import { look } from '#journal/read.ts';
import { MINUTE } from '#kernel/instant.ts';
import { type Text, text } from '#kernel/text.ts';

const due = z.object({ tenant: z.string(), what: z.string() });

/**
 * Lines of a list still wait when the time to accept it is over: whoever stands above the one who handed it over hears of
 * all of them in one notice, and later each next level; none is left out, however late this runs. Of a case that is about
 * somebody he himself hears nothing.
 */
export function tellLateList(deps: { pool: Pool; packs: Packs; time: TimeSource }): Task {
  return async (raw) => {
    const { tenant, what: id } = due.parse(raw);
    const now = deps.time.now();
    await withTenant(deps.pool, tenant, async (client) => {
      const list = await readShiftList(client, tenant, id);
      const waiting = list?.lines.filter(({ fate }) => fate === 'waiting') ?? [];
      if (!list || waiting.length === 0) return;
      const { climbMinutes } = await readShiftRules(client, tenant);
      const found = await client.query<{ told: number }>(
        `select told_levels as told from huiyin.shift_list where tenant_id = $1 and list_id = $2 for update`,
        [tenant, id],
      );
      const told = found.rows[0]?.told ?? 0;
      // Told already, or the company has meanwhile given more time.
      const moment = list.acceptUntil + told * climbMinutes * MINUTE;
      if (moment > now) return doLater(client, tenant, SHIFT_LATE, id, moment);
      const level = told + 1;
      await client.query(`update huiyin.shift_list set told_levels = $3 where tenant_id = $1 and list_id = $2`, [
        tenant,
        id,
        level,
      ]);
      const directory = directoryAt(await loadSnapshot(client, tenant), now);
      const { cases } = await look(
        client,
        tenant,
        waiting.map(({ caseId }) => caseId),
        [],
      );
      const letters = new Map<string, { to: Person; lines: typeof waiting }>();
      for (const line of waiting) {
        const state = cases.get(line.caseId)?.state;
        if (!state) continue;
        const aside = recused(state, await deps.packs.version(tenant, state.pack, state.packVersion));
        const to = levelsAbove(aside, list.from, level, directory);
        if (to) letters.set(to.id, { to, lines: [...(letters.get(to.id)?.lines ?? []), line] });
      }
      if (letters.size === 0) return;
      const name = (person: string): string => directory.person(person)?.name ?? '';
      const names = { from: name(list.from), to: name(list.to) };
      await tellHouse(
        client,
        tenant,
        [...letters.values()].map(({ to, lines }) => ({
          id: to.id,
          name: to.name,
          role: 'superior',
          text: wordsFor({ ...list, lines }, names, level),
        })),
        { about: 'shiftList', id, notice: 'shiftLate' },
        now,
      );
      await doLater(client, tenant, SHIFT_LATE, id, list.acceptUntil + level * climbMinutes * MINUTE);
    });
  };
}

const NAMED = 20;

function wordsFor({ lines, acceptUntil }: ShiftList, { from, to }: { from: string; to: string }, level: number): Text {
  const numbers = lines.slice(0, NAMED).map(({ seen }) => seen.number);
  const more = lines.length > NAMED;
  const until = formatLocal(acceptUntil).slice(5);
  return text(
    `${from} 交给 ${to} 的交接班清单有 ${lines.length} 件无人接手：${numbers.join('、')}${more ? ' 等' : ''}。应于 ${until} 前接手，${level > 1 ? '已告知上级，仍无人接手，' : ''}现仍在 ${from} 名下，请安排`,
    `${lines.length} matter(s) that ${from} handed to ${to} were taken over by nobody: ${numbers.join(', ')}${more ? ' …' : ''}. They were to be accepted by ${until}${level > 1 ? '; the superior was told' : ''} and are still ${from}’s. Please see to it`,
  );
}
