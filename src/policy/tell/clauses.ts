import type { Text } from '#kernel/text.ts';
import { type ClockSpec, settled } from '../language/clock.ts';
import type { PackSpec } from '../language/pack.ts';
import type { IntakeSpec, ProcedureSpec, StepSpec } from '../language/procedure.ts';
import {
  channelDetail,
  metricDetail,
  noticeDetail,
  registerDetail,
  roleDetail,
  routingDetail,
  scheduleDetail,
  settingDetail,
  tableDetail,
  termsDetail,
} from './detail.ts';
import { durationWords, limitWords, spanWords } from './span-words.ts';

/** One thing that the pack makes happen, under the clause that asks for it. */
export interface Item {
  clause: string;
  rules: readonly string[];
  basis: 'text' | 'interpretation' | 'default';
  kind:
    | 'step'
    | 'clock'
    | 'form'
    | 'role'
    | 'taxonomy'
    | 'routing'
    | 'table'
    | 'notice'
    | 'schedule'
    | 'register'
    | 'metric'
    | 'setting'
    | 'principle'
    | 'channel'
    | 'matter'
    | 'builtIn'
    | 'guidance';
  procedure: string | null;
  words: Text;
  /** What it says in particular: the words of a notice, what a setting is set to; null where that is all said. */
  detail: Text | null;
}

const join = (parts: readonly Text[], zh: string, en: string): Text => ({
  zh: parts.map((p) => p.zh).join(zh),
  en: parts.map((p) => p.en).join(en),
});

const roleTitle = (pack: PackSpec, role: string): Text => pack.roles[role]?.title ?? { zh: role, en: role };

function stepWords(pack: PackSpec, procedure: ProcedureSpec, step: StepSpec | IntakeSpec): Text {
  const titles = new Map(step.by.map((role) => roleTitle(pack, role)).map((title) => [title.zh, title]));
  const who = join([...titles.values()], '、', ', ');
  const required = Object.values(step.fields).filter((field) => field.required !== false);
  const fields = join(
    required.map(({ label, required: always }) =>
      always === true ? label : { zh: `${label.zh}（视情况）`, en: `${label.en} (as the case may be)` },
    ),
    '、',
    ', ',
  );
  const targets =
    'to' in step && step.to !== undefined
      ? typeof step.to === 'string'
        ? [step.to]
        : step.to.map((branch) => branch.state)
      : [];
  const to = join(
    [...new Set(targets)].map((state) => procedure.states[state]?.title ?? { zh: state, en: state }),
    '”或“',
    '” or “',
  );
  const needs = join(
    step.needs.map((need) => need.say),
    '；',
    '; ',
  );
  return {
    zh: [
      `“${step.title.zh}”由${who.zh}办理`,
      required.length > 0 ? `须填${fields.zh}` : '',
      targets.length > 0 ? `办后进入“${to.zh}”` : '',
      step.needs.length > 0 ? `系统把关：${needs.zh}` : '',
    ]
      .filter(Boolean)
      .join('；'),
    en: [
      `“${step.title.en}” is done by ${who.en}`,
      required.length > 0 ? `needs ${fields.en}` : '',
      targets.length > 0 ? `leads to “${to.en}”` : '',
      step.needs.length > 0 ? `refused where: ${needs.en}` : '',
    ]
      .filter(Boolean)
      .join('; '),
  };
}

function clockWords(pack: PackSpec, procedure: ProcedureSpec, clock: ClockSpec): Text {
  const limit = limitWords(settled(clock.limit, pack));
  const target = clock.target ? spanWords(settled(clock.target, pack)) : null;
  const who = roleTitle(pack, clock.responsible);
  const levels = clock.ladder.map((level) => {
    const after = durationWords(level.after);
    const told = join(
      level.tells.map((role) => roleTitle(pack, role)),
      '、',
      ', ',
    );
    return { zh: `${after.zh}告知${told.zh}`, en: `${after.en}: ${told.en}` };
  });
  const ladder = join(levels, '，', ', ');
  const taken = clock.takes === undefined ? undefined : procedure.steps[clock.takes]?.title;
  const takes = taken ? { zh: `；到期自动办“${taken.zh}”`, en: `; at its end “${taken.en}” is taken by itself` } : null;
  return {
    zh: `“${clock.title.zh}”：${target ? `力争 ${target.zh}，` : ''}${limit.zh}，由${who.zh}负责；超时${ladder.zh}${takes?.zh ?? ''}`,
    en: `“${clock.title.en}”: ${target ? `target ${target.en}, ` : ''}${limit.en}, ${who.en} answers for it; when late ${ladder.en}${takes?.en ?? ''}`,
  };
}

function ofProcedure(pack: PackSpec, name: string, procedure: ProcedureSpec): Item[] {
  const common = { procedure: name, detail: null };
  const steps = [procedure.intake, ...Object.values(procedure.steps)].map(
    (step): Item => ({
      ...common,
      kind: 'step',
      clause: step.clause,
      rules: step.rules,
      basis: step.basis,
      words: stepWords(pack, procedure, step),
    }),
  );
  const clocks = Object.values(procedure.clocks).map(
    (clock): Item => ({
      ...common,
      kind: 'clock',
      clause: clock.clause,
      rules: clock.rules,
      basis: clock.basis,
      words: clockWords(pack, procedure, clock),
    }),
  );
  const forms = Object.values(procedure.forms).map(
    (form): Item => ({
      ...common,
      kind: 'form',
      clause: form.clause,
      rules: form.rules,
      basis: 'text',
      words: {
        zh: `《${form.title.zh}》：${form.sections.map((section) => section.title.zh).join('、')}`,
        en: `Form “${form.title.en}”: ${form.sections.map((section) => section.title.en).join(', ')}`,
      },
    }),
  );
  return [...steps, ...clocks, ...forms];
}

/** Everything a pack says, each with its clause. */
export function itemsOf(pack: PackSpec): Item[] {
  const plain = <One extends { clause?: string; rules: string[]; title: Text; basis?: Item['basis'] }>(
    kind: Item['kind'],
    all: { [name: string]: One },
    words: (title: Text) => Text,
    detail: (one: One, name: string) => Text | null = () => null,
  ): Item[] =>
    Object.entries(all).map(([name, one]) => ({
      kind,
      procedure: null,
      clause: one.clause ?? '',
      rules: one.rules,
      basis: one.basis ?? 'text',
      words: words(one.title),
      detail: detail(one, name),
    }));
  const say =
    (zh: string, en: string) =>
    (title: Text): Text => ({ zh: `${zh}${title.zh}`, en: `${en}${title.en}` });
  return [
    ...pack.principles.map(
      (one): Item => ({
        kind: 'principle',
        procedure: null,
        clause: one.clause,
        rules: one.rules,
        basis: 'text',
        words: one.title,
        detail: null,
      }),
    ),
    ...plain('matter', pack.matters, say('事项：', 'Matter: ')),
    ...plain('channel', pack.channels, say('渠道：', 'Channel: '), channelDetail),
    ...plain('role', pack.roles, say('角色：', 'Role: '), roleDetail),
    ...plain('taxonomy', pack.taxonomies, say('分类：', 'Categories: '), termsDetail),
    {
      kind: 'routing',
      procedure: null,
      clause: pack.routing.clause,
      rules: pack.routing.rules,
      basis: 'text',
      words: { zh: '分派表', en: 'Routing' },
      detail: routingDetail(pack),
    },
    ...plain('table', pack.tables, say('判定表：', 'Decision table: '), tableDetail),
    ...plain('setting', pack.settings, say('设置：', 'Setting: '), settingDetail),
    ...Object.entries(pack.procedures).flatMap(([name, procedure]) => ofProcedure(pack, name, procedure)),
    ...plain('notice', pack.notices, say('通知：', 'Notice: '), (one, name) => noticeDetail(pack, one, name)),
    ...plain('schedule', pack.schedules, say('定期：', 'On the calendar: '), scheduleDetail),
    ...plain('register', pack.registers, say('登记表：', 'Register: '), (one) => registerDetail(pack, one)),
    ...plain('metric', pack.metrics, say('指标：', 'Metric: '), (one) => metricDetail(pack, one)),
    ...pack.builtIn.map(
      (one): Item => ({
        kind: 'builtIn',
        procedure: null,
        clause: one.clause,
        rules: one.rules,
        basis: 'text',
        words: { zh: `系统自带：${one.text.zh}`, en: `Built in: ${one.text.en}` },
        detail: null,
      }),
    ),
    ...pack.guidance.map(
      (one): Item => ({
        kind: 'guidance',
        procedure: null,
        clause: one.clause,
        rules: one.rules,
        basis: 'text',
        words: one.text,
        detail: null,
      }),
    ),
  ];
}
