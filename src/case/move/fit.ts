import { type Refusal, refusal } from '#kernel/refusal.ts';
import type { Context } from '../context.ts';
import type { CaseEvent, MovedClock } from '../event.ts';
import { renderForm } from '../render-form.ts';
import { holdersOf } from '../roles.ts';
import type { CaseState } from '../state.ts';
import { judgeAct } from './acts.ts';
import { takeOver } from './clocks.ts';
import { type MoveFinding, moveFinding } from './finding.ts';
import { pastActs } from './past.ts';

/** Whether a running case has its place in another version, and what would become of it there. */
export interface MoveFit {
  fits: boolean;
  findings: MoveFinding[];
  clocks: MovedClock[];
}

/**
 * Replays a case's journal under another version of its pack, step by step: every act must have been possible there and
 * must have led where it led. What has no place is named; with any such thing the case stays with its version.
 * @param old the context with the version the case follows now
 * @param ctx the same with the version it would follow
 */
export function fitOf(state: CaseState, journal: readonly CaseEvent[], old: Context, ctx: Context): MoveFit {
  const before = old.pack.procedures[state.procedure];
  const fresh = ctx.pack.procedures[state.procedure];
  if (!before || !fresh)
    return onlyBlock('新版没有这一流程', 'The new version does not have this procedure', before?.clause ?? '');
  const here = fresh.states[state.state];
  if (before.states[state.state]?.end || state.archivedAt !== null)
    return onlyBlock('已办结的案件不再改用新版', 'A case that has ended stays with its version', before.clause);
  const findings: MoveFinding[] = [];
  const title = before.states[state.state]?.title ?? { zh: state.state, en: state.state };
  if (!here || here.end)
    findings.push(
      moveFinding(
        'state',
        state.state,
        'blocks',
        fresh.clause,
        `新版没有“${title.zh}”这一状态`,
        `The new version has no state “${title.en}”`,
      ),
    );
  const acts = pastActs(state.id, journal);
  for (const act of acts) findings.push(...judgeAct(act, before, fresh, ctx));
  findings.push(...papers(state, old, ctx));
  const { clocks, findings: ofClocks } = takeOver(state, acts, old, ctx);
  findings.push(...ofClocks, ...hands(state, ctx));
  const fits = findings.every((finding) => finding.verdict !== 'blocks');
  if (fits)
    findings.unshift(
      moveFinding(
        'case',
        state.number,
        'fits',
        fresh.clause,
        `已办 ${acts.length} 步在新版中都成立；仍在“${here?.title.zh ?? ''}”，第 ${state.round} 轮`,
        `All ${acts.length} acts so far hold in the new version; it stays at “${here?.title.en ?? ''}”, round ${state.round}`,
      ),
    );
  return { fits, findings, clocks: fits ? clocks : [] };
}

function onlyBlock(zh: string, en: string, clause: string): MoveFit {
  return { fits: false, findings: [moveFinding('case', '', 'blocks', clause, zh, en)], clocks: [] };
}

/** What was signed must read the same: nobody's signature falls because the procedure was rewritten. */
function papers(state: CaseState, old: Context, ctx: Context): MoveFinding[] {
  const forms = ctx.pack.procedures[state.procedure]?.forms ?? {};
  return state.documents.flatMap((paper) => {
    if (paper.voided) return [];
    const title = old.pack.procedures[state.procedure]?.forms[paper.form]?.title ?? { zh: paper.form, en: paper.form };
    const clause = forms[paper.form]?.clause ?? '';
    if (!paper.signature)
      return forms[paper.form]
        ? []
        : [
            moveFinding(
              'paper',
              paper.form,
              'lost',
              clause,
              `《${title.zh}》新版不再出具，已出的照旧存档`,
              `${title.en} is no longer issued; the one issued stays on file`,
            ),
          ];
    const same = forms[paper.form] && renderForm(paper.form, state, ctx).issued?.digest === paper.digest;
    return [
      same
        ? moveFinding(
            'paper',
            paper.form,
            'fits',
            clause,
            `已签的《${title.zh}》不变`,
            `The signed ${title.en} stays as it is`,
          )
        : moveFinding(
            'paper',
            paper.form,
            'blocks',
            clause,
            `已签的《${title.zh}》在新版中内容不同，签字会失效`,
            `${title.en} was signed and reads otherwise in the new version: the signature would fall`,
          ),
    ];
  });
}

/** Whoever must act next must be there. */
function hands(state: CaseState, ctx: Context): MoveFinding[] {
  const procedure = ctx.pack.procedures[state.procedure];
  const waits = procedure?.states[state.state]?.waitsFor ?? [];
  const staff = waits.filter((role) => {
    const spec = ctx.pack.roles[role];
    return spec !== undefined && !('party' in spec);
  });
  if (staff.length === 0 || staff.some((role) => holdersOf(role, state, ctx).length > 0)) return [];
  const titles = staff.map((role) => ctx.pack.roles[role]?.title ?? { zh: role, en: role });
  return [
    moveFinding(
      'duty',
      staff.join(','),
      'blocks',
      procedure?.clause ?? '',
      `新版此时由${titles.map((one) => one.zh).join('、')}办理，现在没有人担任`,
      `The new version waits for ${titles.map((one) => one.en).join(', ')} here, and nobody holds that`,
    ),
  ];
}

/** The refusal that names everything which has no place. */
export function noPlace(fit: MoveFit, clause: string): Refusal | undefined {
  const [first, ...also] = fit.findings
    .filter((finding) => finding.verdict === 'blocks')
    .map((finding) => refusal('move.noPlace', finding.words, { clause: finding.clause || clause }));
  return first && (also.length > 0 ? { ...first, also } : first);
}
