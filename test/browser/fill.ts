import type { Locator } from '@playwright/test';
import sharp from 'sharp';
import type { Value } from '#case/event.ts';
import type { CompiledPack } from '#policy/compile.ts';
import type { FieldSpec } from '#policy/fields/registry.ts';
import { laterDay, localMinute, momentOf } from '../support/tale.ts';
import { expect } from './desk.ts';

/** What a story entered, as it is entered at another time by other people. */
export interface Translation {
  pack: CompiledPack;
  /** How much later the story is played than it was told; whole weeks. */
  shift: number;
  /** Name of whoever plays a person of the story. */
  nameOf(personId: string): string;
}

const picture = (): Promise<Buffer> =>
  sharp({ create: { width: 320, height: 240, channels: 3, background: '#5c8f4a' } })
    .jpeg()
    .toBuffer();

const words = (value: Value): string =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? String(value.text ?? '') : String(value);

function trail(pack: CompiledPack, taxonomy: string, path: string): string[] {
  let terms = pack.taxonomies[taxonomy]?.terms ?? [];
  return path.split('/').map((id) => {
    const term = terms.find((one) => one.id === id);
    terms = term?.terms ?? [];
    return term?.title.zh ?? id;
  });
}

// The pack's schema guarantees this shape for fields of type choice.
const labelOf = (spec: FieldSpec, value: Value): string =>
  spec.type === 'flag'
    ? value === true
      ? '是'
      : '否'
    : ((spec.options as { value: string; label: { zh: string } }[] | undefined)?.find((one) => one.value === value)
        ?.label.zh ?? String(value));

/** Chooses from a list or from options side by side, whichever the page shows. */
async function choose(field: Locator, label: string): Promise<void> {
  const list = field.locator('select');
  if ((await list.count()) > 0) await list.selectOption({ label });
  else
    await field
      .locator('label')
      .filter({ has: field.page().getByText(label, { exact: true }) })
      .first()
      .click();
}

/** Takes an offer that is found by typing, unless it stands there already. */
async function takeOffer(field: Locator, typed: string, offer: string): Promise<void> {
  const box = field.getByRole('combobox');
  if ((await box.inputValue()) === offer) return;
  await box.fill(typed);
  await field.getByRole('option').filter({ hasText: offer }).first().click();
}

/** Takes a person from those on offer, or, where he is not among them or may not act, the first who may. */
async function takePerson(field: Locator, name: string): Promise<void> {
  await field.getByRole('combobox').click();
  const fit = field.locator('[role=option]:not([aria-disabled=true])');
  await expect(fit.first()).toBeVisible();
  const wanted = fit.filter({ hasText: name });
  await ((await wanted.count()) > 0 ? wanted : fit).first().click();
}

/** Enters one value on the staff's pages, by the kind of field the procedure says it is. */
export async function fillStaff(
  form: Locator,
  name: string,
  spec: FieldSpec,
  value: Value,
  by: Translation,
): Promise<void> {
  const field = form.locator(`[data-name="${name}"]`);
  const box = field.locator('input, textarea').first();
  switch (spec.type) {
    case 'choice':
    case 'flag':
    case 'oneOf':
      return choose(field, labelOf(spec, value));
    case 'confirmed':
      return field.getByRole('checkbox').check();
    case 'category': {
      const titles = trail(by.pack, String(spec.of), String(value));
      return takeOffer(field, titles.at(-1) ?? '', titles.join(' / '));
    }
    case 'person':
      return takePerson(field, by.nameOf(String(value)));
    case 'unit':
      await expect(field.locator('option').nth(1)).toBeAttached();
      return void (await field.locator('select').selectOption(String(value)));
    case 'instant':
      return box.fill(localMinute(momentOf(value) + by.shift));
    case 'date':
      return box.fill(laterDay(String(value), by.shift));
    case 'attachments': {
      const files = await Promise.all(
        [value]
          .flat()
          .map(async (_, i) => ({ name: `照片${i + 1}.jpg`, mimeType: 'image/jpeg', buffer: await picture() })),
      );
      await field.locator('input[type=file]').setInputFiles(files);
      return expect(field.locator('img')).toHaveCount(files.length);
    }
    case 'list':
      for (const [i, line] of [value].flat().entries()) {
        if (i > 0) await field.getByRole('button', { name: '再加一条' }).click();
        await field.locator('li input').nth(i).fill(String(line));
      }
      return;
    case 'signature': {
      const signer = typeof value === 'object' && value !== null && 'signer' in value ? String(value.signer) : '签字人';
      await field.locator('select').selectOption('paper');
      await field.getByLabel('签字人姓名').fill(signer);
      await field
        .locator('input[type=file]')
        .setInputFiles({ name: '签字页.jpg', mimeType: 'image/jpeg', buffer: await picture() });
      return expect(field.getByText('照片已附')).toBeVisible();
    }
    default:
      await box.fill(words(value));
      // A list of offers under the box must not cover the next field.
      return box.press('Tab');
  }
}

/** By keyboard: what a script puts above meanwhile cannot move it from under the hand. */
async function mark(one: Locator): Promise<void> {
  await one.press('Space');
  await expect(one).toBeChecked();
}

/** Enters one value on the pages for people outside. */
export async function fillOwner(
  form: Locator,
  name: string,
  spec: FieldSpec,
  value: Value,
  by: Translation,
): Promise<void> {
  const control = (part = ''): Locator => form.locator(`[name="f.${name}${part}"]`);
  switch (spec.type) {
    case 'choice':
    case 'oneOf':
      return mark(form.locator(`[name="f.${name}"][value="${String(value)}"]`));
    case 'flag':
      return mark(form.locator(`[name="f.${name}"][value="${value === true ? 'yes' : 'no'}"]`));
    case 'confirmed':
      return control().check();
    case 'category':
      return void (await control().selectOption(String(value)));
    case 'date':
      return control().fill(laterDay(String(value), by.shift));
    case 'instant': {
      const [day = '', time = ''] = localMinute(momentOf(value) + by.shift).split('T');
      const earlier = form.locator(`label:has([name="f.${name}"][value="earlier"])`);
      if ((await earlier.count()) > 0) await earlier.click();
      await control('.day').fill(day);
      return control('.time').fill(time);
    }
    case 'place':
      return control('.text').fill(words(value));
    case 'list':
      return control().fill([value].flat().map(String).join('\n'));
    case 'attachments':
      return control()
        .last()
        .setInputFiles({ name: '照片.jpg', mimeType: 'image/jpeg', buffer: await picture() });
    case 'signature': {
      const signer = typeof value === 'object' && value !== null && 'signer' in value ? String(value.signer) : '业主A';
      await control('.signer').fill(signer);
      return control('.tick').check();
    }
    default:
      return control().fill(words(value));
  }
}
