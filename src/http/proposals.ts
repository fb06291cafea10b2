import type { FastifyInstance } from 'fastify';
import { standingOf } from '#handling/folders.ts';
import { type Proposal, proposalById, proposalsOf, sourcesOf } from '#handling/proposals.ts';
import { ownWork } from '#handling/publishing.ts';
import { refusal } from '#kernel/refusal.ts';
import { type Text, text } from '#kernel/text.ts';
import { BASE } from '#policy/assemble.ts';
import { compilePack } from '#policy/compile.ts';
import { parseIso } from '#policy/fields/moment.ts';
import type { PackSource } from '#policy/source.ts';
import { diff, notesSince } from '#policy/tell/diff.ts';
import { type PackHistory, type ProposalDetail, type ProposalView, proposalEndpoints } from './contract/proposal.ts';
import type { HttpDeps } from './deps.ts';
import { keepersOf, reviewFault } from './keepers.ts';
import { wire } from './moment.ts';
import { answer, mount, refused } from './mount.ts';
import { readUpload } from './pack-upload.ts';
import { runningByVersion } from './running-cases.ts';
import type { Viewer } from './who.ts';

const unknown = refusal('proposal.unknown', text('没有这份送审稿', 'There is no such proposal'));
const noFolder = refusal('proposal.noFolder', text('制度目录中没有这个文件夹', 'The packs folder has no such folder'), {
  field: 'folder',
});

/** Versions of procedures: handed in by one person, decided by another, kept for good. */
export function mountProposals(app: FastifyInstance, deps: HttpDeps): void {
  const { pool, handling } = deps;
  const { publishing } = handling;

  mount(app, deps, proposalEndpoints.history, async ({ viewer }) => answer(200, await history(deps, viewer)));

  mount(app, deps, proposalEndpoints.handIn, async ({ body, viewer }) => {
    const sources =
      body.folder === undefined
        ? await withBase(deps, viewer.tenant, body.files ?? [])
        : (await deps.packFolders()).get(body.folder);
    if (!sources) return refused(noFolder);
    const origin = body.folder === undefined ? 'upload' : 'folder';
    const made = await publishing.handIn(viewer.tenant, { sources, origin, note: body.note, author: authorOf(viewer) });
    return answer(201, await detail(deps, viewer, made));
  });

  mount(app, deps, proposalEndpoints.upload, async ({ viewer, request }) => {
    const read = await readUpload(request);
    if (!read.ok) return refused(read.refusal);
    const sources = await withBase(deps, viewer.tenant, read.value.files);
    const { note } = read.value;
    const made = await publishing.handIn(viewer.tenant, { sources, origin: 'upload', note, author: authorOf(viewer) });
    return answer(201, await detail(deps, viewer, made));
  });

  mount(app, deps, proposalEndpoints.read, async ({ params, viewer }) => {
    const found = await proposalById(pool, viewer.tenant, params.id);
    return found ? answer(200, await detail(deps, viewer, found)) : refused(unknown);
  });

  mount(app, deps, proposalEndpoints.decide, async ({ params, body, viewer }) => {
    const { personId, name } = viewer.actor;
    const fault = body.act === 'withdraw' ? undefined : await reviewFault(deps, viewer);
    if (fault) return refused(fault);
    const from = body.act === 'approve' && body.from !== undefined ? parseIso(body.from) : undefined;
    if (from !== undefined && Number.isNaN(from)) return refused(noMoment);
    const done = await publishing.decide(viewer.tenant, params.id, {
      act: body.act,
      by: { id: personId ?? '', name },
      reason: body.reason,
      ...(body.act === 'approve' ? { against: body.against } : {}),
      ...(from === undefined ? {} : { from }),
    });
    if (done.ok) return answer(200, await detail(deps, viewer, done.value));
    // Whoever may not decide on his own work learns who can.
    if (done.refusal.code !== ownWork.code) return refused(done.refusal);
    return refused({ ...done.refusal, who: await keepersOf(deps, viewer.tenant, personId) });
  });
}

const noMoment = refusal('field.notTime', text('生效时间不是真实的时刻', 'It is not a real moment'), { field: 'from' });
const authorOf = ({ actor }: Viewer): { id: string | null; name: string } => ({ id: actor.personId, name: actor.name });

/** A pack that extends another is complete only with that one's files: those in force, unless it brings its own. */
async function withBase(deps: HttpDeps, tenant: string, files: readonly PackSource[]): Promise<PackSource[]> {
  const head = files.find((file) => file.path === 'pack.yaml')?.text ?? '';
  const base = /^extends:\s*["']?([A-Z][A-Z0-9]{0,7})["']?\s*$/m.exec(head)?.[1];
  if (base === undefined || files.some((file) => file.path.startsWith(BASE))) return [...files];
  const current = (await deps.handling.packs.list(tenant)).find((one) => one.pack === base && one.current);
  const below = current ? await deps.handling.packs.sources(tenant, base, current.version) : [];
  return [...files, ...below.map((file) => ({ ...file, path: BASE + file.path }))];
}

async function history(deps: HttpDeps, viewer: Viewer): Promise<PackHistory> {
  const { tenant } = viewer;
  const [published, proposals, folders, running] = await Promise.all([
    deps.handling.packs.list(tenant),
    proposalsOf(deps.pool, tenant),
    deps.packFolders(),
    runningByVersion(deps.pool, tenant),
  ]);
  const approved = new Set(proposals.flatMap((one) => (one.status === 'inForce' ? [one.digest] : [])));
  const reviewers = await keepersOf(deps, tenant, null);
  return {
    proposals: await Promise.all(proposals.map((one) => view(deps, viewer, one))),
    published: published
      .map((one) => ({
        ...one,
        publishedAt: wire(one.publishedAt),
        inForceFrom: wire(one.inForceFrom),
        shipped: !approved.has(one.digest),
        running: running.get(`${one.pack} ${one.version}`) ?? 0,
      }))
      .sort((a, b) => (a.publishedAt < b.publishedAt ? 1 : -1)),
    folders: [...folders].flatMap(([folder, sources]) => {
      const { pack, version, state, words } = standingOf(sources, published);
      return state === 'same' || words === null ? [] : [{ folder, pack, version, state, words }];
    }),
    reviewers,
  };
}

async function view(deps: HttpDeps, viewer: Viewer, one: Proposal): Promise<ProposalView> {
  const mine = one.authorId !== null && one.authorId === viewer.actor.personId;
  const fault = mine
    ? { ...ownWork, who: await keepersOf(deps, viewer.tenant, one.authorId) }
    : await reviewFault(deps, viewer);
  const open = one.status === 'waiting';
  const { problems, findings, incomplete } = one.verdict;
  const decision =
    one.decidedAt === null ? null : { by: one.reviewerName ?? '', at: wire(one.decidedAt), reason: one.reason ?? '' };
  return {
    id: one.id,
    pack: one.pack,
    version: one.version,
    digest: one.digest,
    origin: one.origin,
    note: one.note,
    author: one.authorName,
    handedInAt: wire(one.handedInAt),
    basedOn: one.basedOn,
    status: one.status,
    decision,
    inForceFrom: one.inForceFrom === null ? null : wire(one.inForceFrom),
    settledAt: one.settledAt === null ? null : wire(one.settledAt),
    settled: one.settled,
    findings: problems.length + findings.length + incomplete.length,
    mayDecide: open && fault === undefined,
    mayWithdraw: mine && (open || one.status === 'faulty'),
    why: open && fault ? { message: fault.message, ...(fault.who ? { who: fault.who } : {}) } : null,
  };
}

async function detail(deps: HttpDeps, viewer: Viewer, one: Proposal): Promise<ProposalDetail> {
  const { tenant } = viewer;
  const { packs } = deps.handling;
  const compiled = compilePack(await sourcesOf(deps.pool, tenant, one.id));
  const current = one.pack === '' ? undefined : await packs.current(tenant, one.pack);
  const changes = compiled.ok && current ? diff(current, compiled.value) : [];
  const running = await runningByVersion(deps.pool, tenant);
  const others = [...running].filter(([key]) => key.startsWith(`${one.pack} `) && key !== `${one.pack} ${one.version}`);
  const titleOf = (procedure: string | null): Text | null =>
    procedure === null
      ? null
      : ((compiled.ok ? compiled.value.procedures[procedure]?.title : undefined) ??
        current?.procedures[procedure]?.title ??
        text(procedure, procedure));
  return {
    ...(await view(deps, viewer, one)),
    problems: one.verdict.problems.map(({ code, file, line, column, message, suggestion }) => ({
      ...{ code, file, line, column, message },
      ...(suggestion === undefined ? {} : { suggestion }),
    })),
    gaps: one.verdict.findings,
    incomplete: one.verdict.incomplete,
    against: current?.version ?? null,
    notes: compiled.ok ? notesSince(current, compiled.value) : [],
    changes: changes.map((change) => ({ ...change, procedure: titleOf(change.procedure) })),
    running: others.reduce((sum, [, count]) => sum + count, 0),
  };
}
