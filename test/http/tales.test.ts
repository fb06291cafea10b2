import { unzipSync } from 'fflate';
import { beforeAll, describe, expect, test } from 'vitest';
import type { WorklistPage } from '#http/contract/worklist.ts';
import { breach as s1breach } from '../../packs/s1/breach.ts';
import { greenBeltUpTo } from '../../packs/s1/golden.ts';
import { breach as s2breach } from '../../packs/s2/breach.ts';
import { lampUpTo } from '../../packs/s2/golden.ts';
import { breach as s3breach } from '../../packs/s3/breach.ts';
import { crackUpTo } from '../../packs/s3/golden.ts';
import { breach as s4breach } from '../../packs/s4/breach.ts';
import { upTo as accidentUpTo } from '../../packs/s4/golden.ts';
import { breach as s5breach } from '../../packs/s5/breach.ts';
import { withRectification } from '../../packs/s5/golden.ts';
import { breach as s6breach } from '../../packs/s6/breach.ts';
import { tapUpTo } from '../../packs/s6/golden.ts';
import { breach as s8breach } from '../../packs/s8/breach.ts';
import { liftUpTo as stickingLiftUpTo } from '../../packs/s8/golden.ts';
import { breach as s9breach } from '../../packs/s9/breach.ts';
import { liftUpTo as noisyLiftUpTo } from '../../packs/s9/golden.ts';
import { packFrom } from '../support/story.ts';
import { OTHERS } from './abilities/others.ts';
import { REPAIRS } from './abilities/repairs.ts';
import { playing } from './procedure.ts';
import { site } from './support.ts';
import { type Ended, Teller } from './teller.ts';
import { upload } from './wire-values.ts';

const [s6, s7] = await Promise.all([packFrom('s6'), packFrom('s7')]);
/** The worked case and the breach of each procedure, as its own stories tell them to the engine. */
const WORKED = {
  'S1 · a green belt': () => [greenBeltUpTo('archived')],
  'S1 · contacted late, half done, done again': s1breach,
  'S2 · a dead lamp': () => [lampUpTo('archived')],
  'S2 · live wires, and an objection that is ruled on': s2breach,
  'S3 · a crack in the wall': () => [crackUpTo('closed')],
  'S3 · a third change of the date, and a cause told too early': s3breach,
  'S4 · an appraised car had been in an accident': () => [accidentUpTo('finished')],
  'S4 · not accepted, and a penalty that is objected to': s4breach,
  'S5 · wire in the food': withRectification,
  'S5 · several people vomit and the police is not told': s5breach,
  'S6 · a dripping tap': () => [tapUpTo('archived', s6)],
  'S6 · late, unsigned, done again, and a large claim': () => s6breach(s6),
  'S7 · the tap under the procedure that extends S6': () => [tapUpTo('archived', s7)],
  'S7 · the same troubles under the procedure that extends S6': () => s6breach(s7),
  'S8 · a lift that sticks': () => [stickingLiftUpTo('archived')],
  'S8 · not upheld without a reason, an authority kept waiting': s8breach,
  'S9 · a noisy lift, confirmed three times': () => [noisyLiftUpTo('closed')],
  'S9 · nobody has the skill, a warning, and twelve hours missed': s9breach,
};

const at = site({ history: false });
const tales = Object.fromEntries(
  Object.entries({ ...WORKED, ...REPAIRS, ...OTHERS }).map(([title, tell]) => [title, tell()]),
);
let ended: Record<string, Ended>;
beforeAll(async () => {
  ended = await new Teller(at).tell(tales);
});

const clocksOf = (list: readonly { clock: string; run: number; status: string }[]): string[] =>
  list.map(({ clock, run, status }) => `${clock} ${run} ${status}`).sort();

describe('Over the API it ends as the procedure says', () => {
  for (const title of Object.keys(tales))
    test(title, () => {
      const end = ended[title];
      if (!end || 'trouble' in end) throw end?.trouble;
      for (const { story, seen } of end.cases) {
        const { procedure, state, outcome, clocks } = story.case;
        expect.soft({ procedure, state: seen.state, outcome: seen.outcome }).toEqual({ procedure, state, outcome });
        expect.soft(clocksOf(seen.clocks), procedure).toEqual(clocksOf(clocks));
      }
    });
});

test('S9-13 · an improvement names the complaint that it was drawn from, and is followed to its proof', async () => {
  const end = ended['an improvement drawn from a complaint is carried out, compared and made the standard (S9)'];
  if (!end || 'trouble' in end) throw end?.trouble;
  const [complaint, better] = end.cases.map(({ seen }) => seen);
  expect(better).toMatchObject({ state: 'standardised', values: { sourceCase: complaint?.number } });
  expect(better?.links.map(({ caseId }) => caseId)).toContain(complaint?.id);
  expect(better?.entries.recordComparison?.at(-1)?.values.figures).toMatchObject({ before: expect.anything() });
});

test('S2-52 · once archived all papers, photos and talks of a matter lie in one dossier, and it is found by its number', async () => {
  const end = ended['S2 · a dead lamp'];
  if (!end || 'trouble' in end) throw end?.trouble;
  const [{ seen } = { seen: undefined }] = end.cases;
  const officer = await playing(at).holder('informationOfficer');
  const found = await officer.ask<WorklistPage>(`/api/v1/worklist?view=all&state=any&q=${seen?.number}`);
  expect(found.body.items.map(({ id }) => id)).toContain(seen?.id);
  const why = await officer.ask(`/api/v1/cases/${seen?.id}/disclosure`, {
    method: 'POST',
    body: { reason: '调阅档案' },
  });
  expect(why.status, why.text).toBe(200);
  const said = await fetch(`${at().url}/api/v1/cases/${seen?.id}/dossier.zip`, { headers: officer.headers });
  const files = unzipSync(new Uint8Array(await said.arrayBuffer()));
  for (const part of [/处理登记表.*\.pdf$/, /处理单.*\.pdf$/, /photo.*\.jpg$/])
    expect(
      Object.keys(files).some((name) => part.test(name)),
      `${part}`,
    ).toBe(true);
  // Nobody met about a lamp, so there are no minutes.
  expect(Object.keys(files).join()).not.toContain('研讨');
  const journal = new TextDecoder().decode(files['journal.jsonl']);
  for (const words of ['已收到，明天来看', '灯一直亮，客户满意']) expect(journal).toContain(words);
});

test('a photo handed on to a case that was opened is seen by those who see that case, though not the one it came from', async () => {
  const end = ended['S5 · several people vomit and the police is not told'];
  if (!end || 'trouble' in end) throw end?.trouble;
  const [emergency, sealed] = end.cases.map(({ seen }) => seen);
  const [photo] = [sealed?.values.photos].flat();
  const keeper = await playing(at).holder('hygieneGroup');
  expect((await keeper.ask(`/api/v1/cases/${emergency?.id}`)).status).toBe(404);
  expect((await keeper.ask(`/api/v1/attachments/${photo}/thumbnail`)).status).toBe(200);
  const stranger = await playing(at).holder('salesManager');
  expect((await stranger.ask(`/api/v1/attachments/${photo}/thumbnail`)).status).toBe(404);
});

test('a number used once only is the case’s that looks after the thing, also when another case opened that one', async () => {
  const end = ended['S5 · several people vomit and the police is not told'];
  if (!end || 'trouble' in end) throw end?.trouble;
  const [, sealed] = end.cases;
  const { holder, register } = playing(at);
  const officer = await holder('safetyGroup');
  const again = await register(officer, 'S5', 'custody', {
    kind: 'food',
    item: '晚餐留样',
    sealNumber: 'FT-0001',
    sealedAt: '2026-03-02T18:20:00+08:00',
    keeper: officer.personId,
    photos: [await upload(officer)],
  });
  expect(again).toMatchObject({ status: 422, body: { code: 'field.numberTaken' } });
  expect(again.text).toContain(`已用于 ${sealed?.seen.number}`);
});
