import sharp from 'sharp';
import type { Value } from '#case/event.ts';
import type { CaseView } from '#http/contract/case.ts';
import type { WireValues } from '#http/contract/common.ts';
import type { DocumentPreview } from '#http/contract/document.ts';
import type { FieldSpec } from '#policy/fields/registry.ts';
import { signatureShape } from '#policy/fields/signature.ts';
import type { Act } from '../support/tale.ts';
import type { Client } from './support.ts';

/** A small photo. */
export const JPEG = sharp({ create: { width: 64, height: 48, channels: 3, background: '#5c8f4a' } })
  .jpeg()
  .toBuffer();

/** What was entered of a form; figures the program computes by itself. */
export const entered = (act: Act, fields: { [name: string]: FieldSpec }): [string, FieldSpec, Value][] =>
  Object.entries(fields).flatMap(([name, spec]): [string, FieldSpec, Value][] => {
    const value = act.values[name];
    return value === undefined || value === null || spec.type === 'figures' ? [] : [[name, spec, value]];
  });

export const signerOf = (value: Value): string =>
  typeof value === 'object' && value !== null && 'signer' in value ? String(value.signer) : '签字人';

/** Stores a photo for whoever asks; answers its id. */
export async function upload(who: Client): Promise<string> {
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(await JPEG)], { type: 'image/jpeg' }), 'photo.jpg');
  const said = await who.ask<{ id: string }>('/api/v1/attachments', { method: 'POST', body: form });
  if (said.status !== 201) throw new Error(said.text);
  return said.body.id;
}

/** A signature as it was given in the story, under the form as it reads here. */
export async function sign(who: Client, seen: CaseView, form: string, told: Value): Promise<WireValues> {
  const shown = await who.ask<DocumentPreview>(`/api/v1/cases/${seen.id}/documents/${form}`);
  if (shown.status !== 200) throw new Error(shown.text);
  const { attachment, ...given } = signatureShape.parse(told);
  return { ...given, digest: shown.body.digest, attachment: attachment === null ? null : await upload(who) };
}
