import type { Instant } from '#kernel/instant.ts';
import { composeDoors, composeForm } from './compose.ts';
import type { DocumentModel, DoorLabel } from './model.ts';
import { type Workshop, workshop } from './workshop/workshop.ts';

/** Prints a form as PDF/A. Equal models give equal bytes. Values are data, whatever they say. */
export async function renderPdf(model: DocumentModel, using: Workshop = workshop): Promise<Uint8Array> {
  return using.run('typeset', composeForm(model));
}

/** Prints door labels with QR codes, eight on a page with cut lines. An empty list gives one empty page. */
export async function renderDoorSheet(
  labels: DoorLabel[],
  issuedAt: Instant,
  using: Workshop = workshop,
): Promise<Uint8Array> {
  return using.run('typeset', composeDoors(labels, issuedAt));
}
