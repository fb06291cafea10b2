import { formatLocal } from '#clock/civil.ts';
import type { Text } from '#kernel/text.ts';
import type { Person } from '../context.ts';
import { type Draft, emit } from '../draft.ts';
import { formatValue } from '../format-value.ts';
import { holds } from '../guard.ts';
import { readPath, type Scope } from '../paths.ts';
import { holdersOf } from '../roles.ts';
import { type Ability, type Act, scopeOf } from './ability.ts';

const PLACE = /\{([a-z]\w*(?:\.\w+)+)\}/gi;

type Write = (draft: Draft, act: Act, scope: Scope) => string;

// The words of notices stand in packs: each is taken apart at its places once.
const templates = new Map<string, (string | Write)[]>();

function partsOf(template: string): (string | Write)[] {
  const parts: (string | Write)[] = [];
  let from = 0;
  for (const found of template.matchAll(PLACE)) {
    parts.push(template.slice(from, found.index), writerOf(found[1] ?? ''));
    from = found.index + found[0].length;
  }
  parts.push(template.slice(from));
  templates.set(template, parts);
  return parts;
}

/** What stands at a place: the due moment of a clock, or the value at a path as a person writes it. */
function writerOf(path: string): Write {
  const [root, name = ''] = path.split('.');
  if (path === 'case.clause') return (_, act) => act.spec.clause;
  if (root === 'clock')
    return ({ state }) => {
      const run = state.clocks.findLast((item) => item.clock === name);
      return run ? formatLocal(run.dueAt) : '';
    };
  return ({ ctx }, act, scope) => {
    const value = readPath(path, scope);
    if (typeof value === 'number' && value > 1e11) return formatLocal(value);
    const spec =
      root === 'case' ? act.procedure.intake.fields[name] : root === 'values' ? act.spec.fields[name] : undefined;
    return formatValue(value, spec, ctx);
  };
}

/** Fills `{case.number}`, `{values.x}`, `{clock.firstContact}` (its due moment) in a notice. */
function words(template: Text, draft: Draft, act: Act, scope: Scope): Text {
  const fill = (one: string): string => {
    let filled = '';
    for (const part of templates.get(one) ?? partsOf(one))
      filled += typeof part === 'string' ? part : part(draft, act, scope);
    return filled;
  };
  return { zh: fill(template.zh), en: fill(template.en) };
}

/** The people on the staff whom a field names, one or several. */
const named = (path: string, { ctx }: Draft, scope: Scope): Person[] =>
  [readPath(path, scope)].flat().flatMap((id) => {
    const person = typeof id === 'string' ? ctx.directory.person(id) : undefined;
    return person?.active ? [person] : [];
  });

/** Tells people, each once, in the words of the pack. The owner is told on the case's page and by every way he left. */
export const notifies: Ability = (draft, act) => {
  for (const item of act.spec.notifies) {
    const scope = scopeOf(draft, act);
    if (item.when && !holds(item.when, scope)) continue;
    const notice = draft.ctx.pack.notices[item.notice];
    if (!notice) throw new Error(`The pack let an unknown notice through: ${item.notice}`);
    const text = words(notice.text, draft, act, scope);
    const short = notice.short && words(notice.short, draft, act, scope);
    const said = { text, clause: notice.clause, ...(short ? { short } : {}) };
    const told = new Set<string>();
    for (const role of item.to) {
      const spec = draft.ctx.pack.roles[role];
      if (spec && 'party' in spec && spec.party === 'owner') {
        emit(draft, 'noticeIssued', {
          notice: item.notice,
          to: { kind: 'owner', personId: null, name: '', role },
          ...said,
        });
        continue;
      }
      for (const person of role.includes('.') ? named(role, draft, scope) : holdersOf(role, draft.state, draft.ctx)) {
        if (told.has(person.id) || person.id === draft.ctx.actor.personId) continue;
        told.add(person.id);
        emit(draft, 'noticeIssued', {
          notice: item.notice,
          to: { kind: 'person', personId: person.id, name: person.name, role },
          ...said,
        });
      }
    }
  }
  return undefined;
};
