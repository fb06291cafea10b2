import { html } from '../html.ts';
import { asText, type OwnerField } from './owner-field.ts';

/** Fields that only the house fills in: they are shown by name, never offered. */
const internal: OwnerField = {
  group: false,
  draw: () => html``,
  read: () => undefined,
  fill: () => [],
  show: () => '',
};

/** A member of staff: the public gets no list of names to choose from. */
export const person: OwnerField = {
  ...internal,
  show: (value, _spec, { directory }) => directory.person(asText(value))?.name ?? '',
};

/** A department. */
export const unit: OwnerField = {
  ...internal,
  show: (value, _spec, { directory }) => directory.unit(asText(value))?.name ?? '',
};

/** Figures of a report. */
export const figures = internal;
