import type { PoolClient } from 'pg';
import type { Person } from '#case/context.ts';
import { localDate, parseDate } from '#clock/civil.ts';
import { toTimestamp } from '#db/pool.ts';
import { directoryAt } from '#directory/directory.ts';
import { keepersOf } from '#directory/post-powers.ts';
import type { Snapshot } from '#directory/snapshot.ts';
import { nextTelling } from '#directory/staffing/expiry.ts';
import { CERTIFICATE, toldOf } from '#directory/staffing/expiry-timer.ts';
import type { HeldSkillRow } from '#directory/staffing/rows.ts';
import type { AppendItem } from '#journal/append.ts';
import type { Instant } from '#kernel/instant.ts';
import { type Text, text } from '#kernel/text.ts';
import { writeToHouse } from './tell-house.ts';

/**
 * A certificate's timer is due: its holder and whoever answers for him are told, once for each warning, and the timer
 * goes on to the next. Call it inside a transaction of the tenant; what it answers belongs to the same one.
 */
export async function tellCertificate(
  client: PoolClient,
  snapshot: Snapshot,
  key: string,
  now: Instant,
): Promise<AppendItem> {
  const { tenant, staffing } = snapshot;
  const done: AppendItem = { cases: [], timers: [{ key, caseId: null, dueAt: null }], notices: [], jobs: [] };
  const held = staffing.held.find((one) => one.id === key.slice(CERTIFICATE.length));
  const directory = directoryAt(snapshot, now);
  const holder = held && directory.person(held.personId);
  if (!held || held.expiresOn === null || !holder?.active) return done;
  const told = (await toldOf(client, tenant, [held]))(held);
  const due = nextTelling(staffing, held, told, now);
  if (due && due.at <= now) {
    const written = await client.query(
      `insert into huiyin.certificate_told (tenant_id, person_skill_id, expires_on, days_before, at)
       values ($1, $2, $3, $4, $5) on conflict do nothing`,
      [tenant, held.id, held.expiresOn, due.daysBefore, toTimestamp(now)],
    );
    if (written.rowCount === 1) {
      const above = directory.superior(holder.id);
      // Whoever has nobody above him is watched over by those who keep the organisation.
      const keepers = await keepersOf(client, tenant, directory);
      const watchers = above ? [above] : keepers.filter(({ id }) => id !== holder.id);
      const ending: Ending = { held, holder, watchers, until: held.expiresOn };
      const [mine, theirs] = [toHolder(snapshot, ending, now), toSuperior(snapshot, ending, now)];
      const letters = [
        { id: holder.id, name: holder.name, role: 'holder', text: mine },
        ...watchers.map(({ id, name }) => ({ id, name, role: 'superior', text: theirs })),
      ];
      const about = { about: 'certificate', id: held.id, notice: 'certificateEnds' } as const;
      done.jobs = await writeToHouse(client, tenant, letters, about, now);
    }
  }
  const next = nextTelling(staffing, held, new Set([...told, ...(due ? [due.daysBefore] : [])]), now);
  return { ...done, timers: [{ key, caseId: null, dueAt: next?.at ?? null }] };
}

interface Ending {
  held: HeldSkillRow;
  holder: Person;
  watchers: readonly Person[];
  until: string;
}

/** The certificate by name, and how long it still counts. The number stays in the program: mailboxes lie outside. */
function standing({ staffing }: Snapshot, { held, until }: Ending, now: Instant): { name: Text; when: Text } {
  const skill = staffing.skills.find(({ code }) => code === held.skill);
  const name = text(skill?.name ?? held.skill, skill?.nameEn || (skill?.name ?? held.skill));
  const left = (parseDate(until) ?? 0) - (parseDate(localDate(now)) ?? 0);
  const when =
    left > 0
      ? text(`将于 ${until} 到期，还剩 ${left} 天`, `ends on ${until}, in ${left} day(s)`)
      : left === 0
        ? text(`今天（${until}）到期，明天起不再有效`, `ends today (${until}) and counts no more from tomorrow`)
        : text(`已于 ${until} 到期，不再有效`, `ended on ${until} and counts no more`);
  return { name, when };
}

function toHolder(snapshot: Snapshot, ending: Ending, now: Instant): Text {
  const { name, when } = standing(snapshot, ending, now);
  const [superior] = ending.watchers;
  const whom = text(superior?.name ?? '系统管理员', superior?.name ?? 'an administrator');
  return text(
    `您的“${name.zh}”${when.zh}。请尽快办理复审或换证，把新证交${whom.zh}登记；过期后系统不再向您派需要此证的活。`,
    `Your certificate “${name.en}” ${when.en}. Have it renewed and give the new one to ${whom.en} to enter; once it has ended you are given no more work that needs it.`,
  );
}

function toSuperior(snapshot: Snapshot, ending: Ending, now: Instant): Text {
  const { name, when } = standing(snapshot, ending, now);
  const who = ending.holder.name;
  return text(
    `${who}的“${name.zh}”${when.zh}。请安排复审或换证，并在“人员”页打开${who}登记新证；过期后系统不再向${who}派需要此证的活。`,
    `The certificate “${name.en}” of ${who} ${when.en}. Arrange its renewal and enter the new one on the page People; once it has ended ${who} is given no more work that needs it.`,
  );
}
