import { type Text, text } from '#kernel/text.ts';
import type { Guard } from '../language/guard.ts';
import type { PackSpec } from '../language/pack.ts';
import type { ScheduleSpec } from '../language/schedule.ts';
import { flatten } from '../language/taxonomy.ts';
import { durationWords, saySetting } from './span-words.ts';

type Of<K extends keyof PackSpec> = PackSpec[K] extends { [name: string]: infer One } ? One : never;

const listed = (parts: readonly Text[]): Text =>
  text(parts.map(({ zh }) => zh).join('；'), parts.map(({ en }) => en).join('; '));

/** What a setting is set to and why; one that is only named by a code is told by its note. */
export function settingDetail({ value, note }: Of<'settings'>): Text | null {
  if (typeof value === 'string' && /^[a-z]\w*$/i.test(value) && !/^P\d|^PT/.test(value)) return note ?? null;
  const said = saySetting(value);
  return note ? text(`${said.zh}（${note.zh}）`, `${said.en} (${note.en})`) : said;
}

/** The terms of the first order. */
export const termsDetail = ({ terms }: Of<'taxonomies'>): Text =>
  text(terms.map(({ title }) => title.zh).join('、'), terms.map(({ title }) => title.en).join(', '));

/** Which cases each row is for, and where, with the unit it suggests. */
export const routingDetail = ({ routing, taxonomies }: PackSpec): Text =>
  listed(
    routing.rows.map(({ when, premises, unit }) => {
      const where = premises ? [text(`${premises.join('、')} 范围内`, `within ${premises.join(', ')}`)] : [];
      const what = when ? [kindOf(when, taxonomies)] : [];
      const said = [...where, ...what];
      return text(
        `${said.map(({ zh }) => zh).join('的')} → ${unit}`,
        `${said.map(({ en }) => en).join(', ')} → ${unit}`,
      );
    }),
  );

/** A condition on a term by that term’s title; anything else only as a condition. */
function kindOf(when: Guard, taxonomies: PackSpec['taxonomies']): Text {
  if ('filled' in when && when.filled) return text('其余', 'all others');
  if (!('under' in when)) return text('符合条件的', 'under a condition');
  const terms = Object.values(taxonomies).flatMap((taxonomy) => flatten(taxonomy.terms));
  const title = terms.find(({ path }) => path === when.under)?.term.title;
  return title ? text(title.zh, title.en) : text(when.under, when.under);
}

/** Why each row decides as it does. */
export const tableDetail = ({ rows }: Of<'tables'>): Text => listed(rows.map(({ because }) => because));

const DUTIES: { [duty: string]: Text } = {
  firstReceiver: text('本件的首接人', 'first receiver of the case'),
  assignee: text('本件的责任人', 'assignee of the case'),
  caseOfficer: text('本件的跟进人', 'case officer of the case'),
  followUpVisitor: text('本件的回访人', 'follow-up visitor of the case'),
};
const PARTIES: { [party: string]: Text } = {
  owner: text('提出事项的人', 'the person who asked'),
  outside: text('外部单位，凭链接答复', 'outside the company, answers by link'),
  system: text('由系统自动办理', 'the program itself'),
};

/** How somebody comes by a role; whose post it is, the company's organisation says. */
export function roleDetail(role: Of<'roles'>): Text | null {
  if ('duty' in role) return DUTIES[role.duty] ?? null;
  if ('party' in role) return PARTIES[role.party] ?? null;
  if (!('superiorOf' in role)) return null;
  const held = DUTIES[role.superiorOf];
  return held ? text(`${held.zh}的上级`, `superior of the ${held.en}`) : null;
}

/** Whether the person who asks may come this way without staff. */
export const channelDetail = ({ selfService }: Of<'channels'>): Text | null =>
  selfService ? text('可自助提交', 'open to people without staff') : null;

export function metricDetail(pack: PackSpec, { procedure, target, atMost, measure }: Of<'metrics'>): Text | null {
  const wanted = [
    ...(target === undefined ? [] : [text(`目标 ${percent(target)}`, `target ${percent(target)}`)]),
    ...(atMost === undefined ? [] : [text(`不高于 ${percent(atMost)}`, `at most ${percent(atMost)}`)]),
    ...('repeats' in measure ? [repeatWords(pack, procedure, measure.repeats)] : []),
  ];
  return wanted.length === 0
    ? null
    : text(wanted.map(({ zh }) => zh).join('；'), wanted.map(({ en }) => en).join('; '));
}

type Repeats = Extract<Of<'metrics'>['measure'], { repeats: object }>['repeats'];

/** What counts as done again, as the company has set it. */
export function repeatWords(
  pack: Pick<PackSpec, 'settings' | 'procedures'>,
  name: string,
  { step, by, within, same }: Repeats,
): Text {
  const procedure = pack.procedures[name];
  const done = procedure?.steps[step]?.title ?? text(step, step);
  const labels = same.map((field) => procedure?.intake.fields[field]?.label ?? text(field, field));
  const [, setting] = within.split('setting.');
  const span = setting === undefined ? durationWords(within) : saySetting(pack.settings[setting]?.value ?? '');
  const link = procedure?.intake.fields[by]?.label ?? text(by, by);
  return text(
    `口径：“${done.zh}”后 ${span.zh}内又来、“${link.zh}”写明本件${labels.length > 0 ? `且${labels.map(({ zh }) => `“${zh}”`).join('、')}相同` : ''}的，算一次`,
    `Counted: those that came again within ${span.en} of “${done.en}”, with this case as “${link.en}”${labels.length > 0 ? ` and the same ${labels.map(({ en }) => `“${en}”`).join(', ')}` : ''}`,
  );
}

const percent = (share: number): string => `${Math.round(share * 1000) / 10} %`;

const DAYS = ['一', '二', '三', '四', '五', '六', '日'];
const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** At which dates a duty of the calendar falls due. */
export function scheduleDetail({ every, at }: ScheduleSpec): Text {
  if ('days' in every) return text(`每天 ${at}`, `every day at ${at}`);
  if ('weekday' in every)
    return text(`每周${DAYS[every.weekday - 1]} ${at}`, `every ${WEEKDAYS[every.weekday - 1]} at ${at}`);
  const { months, day } = every;
  if (months === 12) return text(`每年 1 月 ${day} 日 ${at}`, `every year on day ${day} of January at ${at}`);
  return months === 1
    ? text(`每月 ${day} 日 ${at}`, `every month on day ${day} at ${at}`)
    : text(`每 ${months} 个月的 ${day} 日 ${at}`, `every ${months} months on day ${day} at ${at}`);
}

/** Who reads a register, and what its columns are. */
export function registerDetail({ roles }: Pick<PackSpec, 'roles'>, { columns, readers }: Of<'registers'>): Text {
  const labels = columns.map(({ label }) => label);
  const people = readers.map((role) => roles[role]?.title ?? text(role, role));
  const list = (words: readonly Text[]): Text =>
    text(words.map(({ zh }) => zh).join('、'), words.map(({ en }) => en).join(', '));
  const [shown, by] = [list(labels), list(people)];
  return text(`${shown.zh}；可查看：${by.zh}`, `${shown.en}; read by: ${by.en}`);
}

const PLACES: { [path: string]: Text } = {
  'case.number': text('编号', 'number'),
  'case.content': text('内容', 'what was said'),
  'case.caseOfficerName': text('跟进人', 'case officer'),
};

/** The words of a notice, with what will stand in its places named. */
export function noticeDetail(pack: PackSpec, { text: words }: Of<'notices'>, notice: string): Text {
  const title = placeTitles(pack, notice);
  const said = (lang: 'zh' | 'en', around: RegExp): string =>
    words[lang].replace(around, (_, path: string) => `〔${title(path)?.[lang] ?? path}〕`);
  return text(said('zh', / ?\{([\w.]+)\} ?/g), said('en', /\{([\w.]+)\}/g));
}

/** What a place of a notice is called: an entry by the step that sends the notice, if it can be told. */
function placeTitles(pack: PackSpec, notice: string): (path: string) => Text | undefined {
  const procedures = Object.values(pack.procedures);
  const steps = procedures.flatMap((one) => [one.intake, ...Object.values(one.steps)]);
  const senders = steps.filter((step) => step.notifies.some((one) => one.notice === notice));
  return (path) => {
    const [head, name = ''] = path.split('.');
    if (head === 'setting') return pack.settings[name]?.title;
    if (head === 'clock') {
      const clock = procedures.find(({ clocks }) => clocks[name])?.clocks[name]?.title;
      return clock && text(`“${clock.zh}”的截止`, `end of “${clock.en}”`);
    }
    return PLACES[path] ?? [...senders, ...steps].find(({ fields }) => fields[name])?.fields[name]?.label;
  };
}
