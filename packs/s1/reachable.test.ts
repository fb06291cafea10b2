import { expect, test } from 'vitest';
import { Story } from '../../test/support/story.ts';
import { greenBelt, pack, T0, wang } from './golden.ts';

const { contactPhone, ...withoutPhone } = greenBelt;
const order = (values: typeof withoutPhone | object, matter = 'complaint') => ({
  type: 'register' as const,
  number: 'TS260305-0009',
  matter,
  channel: 'email',
  values: { ...values },
});

test('S1-10 · whoever left an e-mail address needs no telephone: one way to reach him is enough', () => {
  const story = new Story(pack, T0).register(
    wang,
    { ...withoutPhone, contactEmail: 'owner@example.com' },
    { channel: 'email' },
  );
  expect(story.case.values).toMatchObject({ contactEmail: 'owner@example.com' });
  expect(story.case.values).not.toHaveProperty('contactPhone');
});

test('S1-10 · with neither telephone nor e-mail nobody could be answered: it is refused and the telephone is asked for', () => {
  expect(contactPhone).toBeTypeOf('string');
  for (const contactEmail of [undefined, ''])
    expect(
      new Story(pack, T0).refused(wang, order({ ...withoutPhone, ...(contactEmail === '' ? { contactEmail } : {}) })),
    ).toMatchObject({ code: 'field.required', field: 'contactPhone' });
});

test('S1-10 · an address that is none does not stand for a telephone', () => {
  expect(new Story(pack, T0).refused(wang, order({ ...withoutPhone, contactEmail: 'owner' }))).toMatchObject({
    code: 'field.notEmail',
    field: 'contactEmail',
  });
});

test('S1-04 · the same holds for suggestions', () => {
  const words = { content: '增设充电桩', contactName: '业主A' };
  expect(new Story(pack, T0).refused(wang, order(words, 'suggestion'))).toMatchObject({ field: 'contactPhone' });
  const story = new Story(pack, T0).register(
    wang,
    { ...words, contactEmail: 'owner@example.com' },
    { matter: 'suggestion', channel: 'email' },
  );
  expect(story.case.procedure).toBe('suggestion');
});
