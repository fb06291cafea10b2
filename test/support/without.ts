import type { Values } from '#case/event.ts';

/** What was entered, but for one field. */
export const without = (values: object, field: string): Values =>
  Object.fromEntries(Object.entries(values).filter(([name]) => name !== field));
