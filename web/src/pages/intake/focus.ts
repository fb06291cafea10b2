const REACHABLE =
  'input:not([type=hidden]):not(:disabled), select:not(:disabled), textarea:not(:disabled), button[type=submit]';

/** Goes on to the next control of the form; a group of buttons counts once. */
export function focusNext(form: HTMLFormElement | null, from: HTMLElement): void {
  const all = [...(form?.querySelectorAll<HTMLElement>(REACHABLE) ?? [])].filter(
    (one) => !(one instanceof HTMLInputElement && one.type === 'radio' && !one.checked && one.name !== nameOf(from)),
  );
  const rest = all.slice(all.indexOf(from) + 1);
  rest.find((one) => nameOf(one) === '' || nameOf(one) !== nameOf(from))?.focus();
}
const nameOf = (one: HTMLElement): string => (one instanceof HTMLInputElement ? one.name : '');

/** Brings the first field at fault into view and under the hands. */
export function focusFirstFault(form: HTMLElement | null): void {
  const fault = form?.querySelector('.field .fault');
  const field = fault?.closest<HTMLElement>('[data-name]');
  const control = field?.querySelector<HTMLElement>('input, select, textarea');
  control?.focus();
  field?.scrollIntoView({ block: 'center' });
}
