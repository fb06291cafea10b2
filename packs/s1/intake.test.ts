import { describe, expect, test } from 'vitest';
import { readPackFolder } from '#app/packs.ts';
import { compilePack } from '#policy/compile.ts';
import { actor, owner } from '../../test/support/organisation.ts';
import { at, packFrom, Story } from '../../test/support/story.ts';
import { b, contacted, greenBelt, greenBeltUpTo, li, pack, T0, wang } from './golden.ts';

const phoneCall = (): Story => new Story(pack, T0);

describe('Purpose and principles (clauses 一, 二)', () => {
  test('S1-02 · every owner may complain about facilities, hygiene, security or anything else', () => {
    for (const category of ['facility/lift', 'environment/cleaning', 'safety/patrol', 'other'])
      expect(phoneCall().register(owner, { ...greenBelt, category }, { channel: 'web' }).case.values.category).toBe(
        category,
      );
  });

  test('S1-02 · a category added in the pack can be chosen at once, without a line of code', async () => {
    const wider = await packFrom('s1', (source) => ({
      ...source,
      text: source.text.replace('- id: other\n', '- { id: pets, title: { zh: 宠物, en: Pets } }\n      - id: other\n'),
    }));
    expect(new Story(wider, T0).register(wang, { ...greenBelt, category: 'pets' }).case.values.category).toBe('pets');
    expect(
      phoneCall().refused(wang, {
        type: 'register',
        number: 'TS260305-0002',
        matter: 'complaint',
        channel: 'phone',
        values: { ...greenBelt, category: 'pets' },
      }),
    ).toMatchObject({ code: 'field.unknownCategory', field: 'category' });
  });

  test('S1-03 · the member of staff complained of can neither be put in charge nor act on the case', () => {
    const story = phoneCall().register(wang, { ...greenBelt, complainedOf: 'b', category: 'environment/greening' });
    const refusal = story.refused(li, 'dispatch', { unit: 'gardening', assignee: 'b' });
    expect(refusal).toMatchObject({ code: 'assign.recused', field: 'assignee', clause: '三.2.2' });
    expect(refusal.message.zh).toContain('赵园');
    story.take(li, 'dispatch', { unit: 'gardening', assignee: 'gardening-head' });
    expect(story.refused(b, 'accept').code).toBe('role.recused');
    expect(story.refused(b, { type: 'annotate', text: '与我无关' }).code).toBe('role.recused');
  });

  test('S1-03 · the pack carries its principles: timely, effective, fair', () => {
    expect(pack.principles.map((principle) => principle.title.zh.slice(0, 2))).toEqual([
      '及时',
      '有效',
      '公正',
      '保密',
    ]);
  });

  test('S1-04 · a suggestion is registered, assigned, answered and archived; unanswered it cannot be archived', () => {
    const story = phoneCall().register(
      wang,
      { content: '希望增加儿童游乐设施', contactName: '业主A', contactPhone: '13800001234' },
      { matter: 'suggestion' },
    );
    expect(story.refused(li, 'archive').code).toBe('archive.unanswered');
    story.take(li, 'assign', { category: 'facility', unit: 'engineering', assignee: 'chen' });
    expect(story.refused(li, 'archive').code).toBe('archive.unanswered');
    story.take(actor('chen'), 'reply', { answer: '已列入明年计划', adopted: 'adopted' }).take(li, 'archive');
    expect(story.case).toMatchObject({ state: 'archived', outcome: '已列入明年计划' });
  });

  test('S1-06 · a case without an outcome is never closed', () => {
    const story = greenBeltUpTo('implementing')
      .take(b, 'doMeasure', { measure: '修剪' })
      .take(b, 'doMeasure', { measure: '施肥' });
    expect(story.refused(b, 'complete', { outcome: '  ' })).toMatchObject({ code: 'field.required', field: 'outcome' });
    expect(story.refused(b, 'complete')).toMatchObject({ code: 'field.required', field: 'outcome' });
    expect(story.refused(actor('archivist'), 'archive').code).toBe('step.notNow');
    expect(greenBeltUpTo('archived').case.outcome).not.toBe('');
  });

  test.each(['states', 'clocks', 'forms', 'steps'])(
    'S1-07 · a pack whose complaint procedure lacks its %s cannot be published',
    async (part) => {
      const sources = await readPackFolder('packs/s1');
      const broken = sources.map((source) =>
        source.path.endsWith('complaint.yaml')
          ? { ...source, text: source.text.replace(new RegExp(`^${part}:`, 'm'), `x-${part}:`) }
          : source,
      );
      const compiled = compilePack(broken);
      expect(compiled.ok).toBe(false);
      if (!compiled.ok)
        expect(compiled.problems.some((problem) => problem.path.includes(`x-${part}`) && problem.line > 1)).toBe(true);
    },
  );

  test('S1-07 · a pack without roles cannot be published', async () => {
    const sources = await readPackFolder('packs/s1');
    const compiled = compilePack(
      sources.map((source) => ({ ...source, text: source.text.replace(/^roles:/m, 'rolls:') })),
    );
    expect(
      compiled.ok === false && compiled.problems.find((problem) => problem.code === 'pack.unknownKey'),
    ).toMatchObject({ suggestion: 'roles', file: 'pack.yaml' });
  });
});

describe('Intake (clause 三.1)', () => {
  test.each(['phone', 'email', 'web', 'counter'])('S1-08 · a complaint by %s keeps its channel', (channel) => {
    expect(
      phoneCall().register(channel === 'web' || channel === 'email' ? owner : wang, greenBelt, { channel }).case
        .channel,
    ).toBe(channel);
  });

  test('S1-08 · a channel the pack does not know is refused, with those it knows', () => {
    const refusal = phoneCall().refused(wang, {
      type: 'register',
      number: 'TS260305-0003',
      matter: 'complaint',
      channel: 'pigeon',
      values: greenBelt,
    });
    expect(refusal).toMatchObject({ code: 'register.unknownChannel', field: 'channel' });
    expect(refusal.message.zh).toContain('电话');
  });

  test('S1-09 · received at 10:00 and registered at 10:20 is marked as registered late', () => {
    const story = new Story(pack, '2026-03-05 10:20').register(wang, greenBelt, { receivedAt: '2026-03-05 10:00' });
    expect(story.clock('registration')).toMatchObject({
      status: 'late',
      startedAt: at('2026-03-05 10:00'),
      stoppedAt: at('2026-03-05 10:20'),
    });
  });

  test('S1-09 · what an owner enters himself is registered at once', () => {
    expect(phoneCall().register(owner, greenBelt, { channel: 'web' }).clock('registration')).toMatchObject({
      status: 'kept',
      startedAt: at(T0),
      stoppedAt: at(T0),
    });
  });

  test.each(['content', 'occurredAt', 'place', 'contactPhone'])(
    'S1-10 · without %s it is refused and the missing field is named',
    (field) => {
      const { [field]: _left, ...rest } = greenBelt;
      expect(
        phoneCall().refused(wang, {
          type: 'register',
          number: 'TS260305-0004',
          matter: 'complaint',
          channel: 'phone',
          values: rest,
        }),
      ).toMatchObject({ code: 'field.required', field });
    },
  );

  test('S1-10 · everything that is missing is named in one answer', () => {
    const refusal = phoneCall().refused(wang, {
      type: 'register',
      number: 'TS260305-0005',
      matter: 'complaint',
      channel: 'phone',
      values: {},
    });
    const named = [refusal, ...(refusal.also ?? [])].map((one) => one.field);
    expect(named).toEqual(['content', 'occurredAt', 'place', 'contactName', 'contactPhone']);
  });

  test('S1-11 · received on Saturday 10:00, contacted on Sunday 10:00:00: kept, weekends count', () => {
    const story = new Story(pack, '2026-03-07 10:00')
      .register(wang, greenBelt)
      .until('2026-03-08 10:00')
      .take(li, 'contact', contacted);
    expect(story.clock('firstContact').status).toBe('kept');
    expect(story.all('clockBreached').filter((event) => event.data.clock === 'firstContact')).toEqual([]);
  });

  test('S1-11 · no contact by Sunday 10:00:01: late, and the case officer and his superior are told', () => {
    const story = new Story(pack, '2026-03-07 10:00').register(wang, greenBelt).until(at('2026-03-08 10:00') + 1000);
    expect(story.clock('firstContact').breachedAt).toBe(at('2026-03-08 10:00') + 1000);
    expect(story.told('clock.limit', '三.1.3')).toEqual(['李婷', '何静']);
  });

  test('S1-11 · the silence goes on: the manager is told after 4 hours, the general manager after 24', () => {
    const story = new Story(pack, '2026-03-07 10:00').register(wang, greenBelt).until('2026-03-09 10:01');
    const contact = story.all('clockBreached').filter((event) => event.data.clock === 'firstContact');
    expect(contact.map((event) => [event.data.level, event.at - at('2026-03-08 10:00')])).toEqual([
      [1, 1000],
      [2, 4 * 3_600_000 + 1000],
      [3, 24 * 3_600_000 + 1000],
    ]);
    expect(story.told('clock.ladder')).toContain('高总');
  });

  test.each(['contentConfirmed', 'procedureExplained'])(
    'S1-12 · without %s ticked the clock does not stop',
    (field) => {
      const story = greenBeltUpTo('registered');
      for (const ticked of [undefined, false]) {
        const values = { ...contacted, ...(ticked === undefined ? {} : { [field]: ticked }) };
        if (ticked === undefined) delete (values as Record<string, unknown>)[field];
        expect(story.refused(li, 'contact', values)).toMatchObject({ field, clause: '三.1.3' });
      }
      expect(story.clock('firstContact').status).toBe('running');
    },
  );

  test('S1-12 · what the owner corrects is kept beside his first words', () => {
    const story = greenBeltUpTo('registered').take(li, 'contact', {
      ...contacted,
      correctedContent: '不是南门，是北门绿化带',
    });
    expect(story.case.values.content).toBe('不是南门，是北门绿化带');
    expect(story.all('fieldsChanged')[0]?.data.changes).toEqual([
      { field: 'content', before: greenBelt.content, after: '不是南门，是北门绿化带' },
    ]);
  });
});
