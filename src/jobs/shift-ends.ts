import type { Task } from 'graphile-worker';
import type { Pool } from 'pg';
import { z } from 'zod';
import { levelsAbove } from '#case/away.ts';
import type { Directory, Person } from '#case/context.ts';
import { formatLocal } from '#clock/civil.ts';
import { withTenant } from '#db/pool.ts';
import { directoryAt } from '#directory/directory.ts';
import { keepersOf } from '#directory/post-powers.ts';
import { loadSnapshot } from '#directory/snapshot.ts';
import { climbsNext, levelOf, nextLook } from '#directory/staffing/shift-owed.ts';
import { type MissingList, missingLists } from '#handling/shift-owed.ts';
import { readShiftRules, SHIFT_ENDS } from '#handling/shift-rules.ts';
import { type HouseLetter, tellHouse } from '#handling/tell-house.ts';
import type { TimeSource } from '#handling/time.ts';
import { uuid7 } from '#handling/uuid.ts';
import { doLater } from '#journal/later.ts';
import type { Instant } from '#kernel/instant.ts';
import { type Text, text } from '#kernel/text.ts';

const due = z.object({ tenant: z.string() });

/**
 * Looks who goes off duty without a list: he is reminded before his time for it is over; then the one above him hears, once
 * of all his people, and later each next level. Told once each, whatever is done twice.
 */
export function askForLists({ pool, time }: { pool: Pool; time: TimeSource }): Task {
  return async (raw) => {
    const { tenant } = due.parse(raw);
    const now = time.now();
    await withTenant(pool, tenant, async (client) => {
      const rules = await readShiftRules(client, tenant);
      const { askedSince } = rules;
      if (askedSince === null) return;
      const snapshot = await loadSnapshot(client, tenant);
      const looks = [nextLook(snapshot, rules, now)];
      const directory = directoryAt(snapshot, now);
      const keepers = await keepersOf(client, tenant, directory);
      const everybody = snapshot.people.filter(({ active, automaton }) => active && !automaton).map(({ id }) => id);
      const letters: HouseLetter[] = [];
      const above = new Map<string, { to: Person; lists: MissingList[] }>();
      for (const list of await missingLists(client, snapshot, everybody, rules, now)) {
        // Nobody had asked for it then.
        if (list.endedAt < askedSince) continue;
        const him = directory.person(list.personId);
        const reached = levelOf(list, rules, now);
        // Where nobody is left to hear, nothing is looked for until somebody's next shift ends.
        if (him && rungOf(directory, him, reached + 1, keepers).length > 0)
          looks.push(climbsNext(list, rules, now) ?? Infinity);
        for (let level = list.level + 1; him && level <= reached; level += 1) {
          const rung = rungOf(directory, him, level, keepers);
          if (rung.length === 0) break;
          const written = await client.query(
            `insert into huiyin.shift_list_owed (tenant_id, person_id, shift_ends_at, level, told, at)
             values ($1, $2, huiyin.instant($3), $4, $5, huiyin.instant($6)) on conflict do nothing`,
            [tenant, him.id, list.endedAt, level, rung.map(({ id }) => id), now],
          );
          if (written.rowCount === 0) continue;
          const [superior] = rungOf(directory, him, 1, keepers);
          if (level < 2)
            letters.push({ id: him.id, name: him.name, role: 'holder', text: toHim(list, level, superior) });
          for (const to of level === 0 ? [] : rung) {
            const known = above.get(to.id) ?? { to, lists: [] };
            above.set(to.id, { to, lists: [...known.lists, { ...list, level }] });
          }
        }
      }
      for (const { to, lists } of above.values()) {
        const named = lists.map((list) => ({ ...list, name: directory.person(list.personId)?.name ?? '' }));
        letters.push({ id: to.id, name: to.name, role: 'superior', text: toSuperior(named) });
      }
      const about = { about: 'shiftList', id: uuid7(now), notice: 'shiftListMissing' } as const;
      await tellHouse(client, tenant, letters, about, now);
      await doLater(client, tenant, SHIFT_ENDS, '', Math.min(...looks));
    });
  };
}

/** Himself, or who stands so many levels above; those who keep the organisation where nobody stands above at all. */
function rungOf(directory: Directory, him: Person, level: number, keepers: readonly Person[]): Person[] {
  if (level < 1) return [him];
  if (!directory.superior(him.id)) return level === 1 ? keepers.filter(({ id }) => id !== him.id) : [];
  const one = levelsAbove([], him.id, level, directory);
  return one ? [one] : [];
}

const short = (at: Instant): string => formatLocal(at).slice(5);

function toHim({ held, endedAt, dueAt }: MissingList, level: number, superior: Person | undefined): Text {
  const whom = text(superior?.name ?? '负责人', superior?.name ?? 'whoever is responsible');
  return level === 0
    ? text(
        `您 ${short(endedAt)} 下班，名下 ${held} 件还没有交班：请在 ${short(dueAt)} 前到“交接班”页确认清单，逾时将告知${whom.zh}`,
        `You go off duty at ${short(endedAt)} with ${held} matter(s) not handed over: confirm the list on the page “Change of shift” by ${short(dueAt)}, or ${whom.en} will be told`,
      )
    : text(
        `您 ${short(endedAt)} 下班，交接班清单到 ${short(dueAt)} 仍未确认，名下还有 ${held} 件，已告知${whom.zh}：请尽快补交`,
        `You went off duty at ${short(endedAt)}; by ${short(dueAt)} no list was confirmed and ${held} matter(s) are still yours. ${whom.en} was told: hand over now`,
      );
}

function toSuperior(lists: readonly (MissingList & { name: string })[]): Text {
  const zh = lists.map(
    ({ name, endedAt, dueAt, held, level }) =>
      `${name}（${short(endedAt)} 下班，${held} 件，应于 ${short(dueAt)} 前交清单${level > 1 ? '，已告知其上级' : ''}）`,
  );
  const en = lists.map(
    ({ name, endedAt, dueAt, held, level }) =>
      `${name} (off duty ${short(endedAt)}, ${held} matter(s), list due ${short(dueAt)}${level > 1 ? ', the superior was told' : ''})`,
  );
  return text(
    `下班未交班：${zh.join('；')}。事项仍在本人名下，请督促补交清单或改派`,
    `Off duty without a list: ${en.join('; ')}. The matters are still theirs: have the list made, or reassign`,
  );
}
