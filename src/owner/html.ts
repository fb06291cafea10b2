/** Markup that is safe to send. Only this file makes it; everything else is text until it is escaped here. */
export interface Html {
  readonly html: string;
}

/** What may stand in a template: text is escaped, markup is kept, lists are joined, nothing stays nothing. */
export type Part = string | number | Html | null | undefined | false | readonly Part[];

const SIGNS: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text as it must be written in an element or a quoted attribute. */
export const escapeText = (text: string): string => text.replace(/[&<>"']/g, (sign) => SIGNS[sign] ?? sign);

function write(part: Part): string {
  if (part === null || part === undefined || part === false) return '';
  if (typeof part === 'string') return escapeText(part);
  if (typeof part === 'number') return String(part);
  if ('html' in part) return part.html;
  return part.map(write).join('');
}

/** Tagged template: `html\`<p>${words}</p>\`` escapes every place. Attribute places must stand in double quotes. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  let out = strings[0] ?? '';
  parts.forEach((part, i) => {
    out += write(part) + (strings[i + 1] ?? '');
  });
  return { html: out };
}

/** Markup of our own that is not built by the template, such as the style sheet. Never for anything a person typed. */
export const trusted = (markup: string): Html => ({ html: markup });

/** An attribute without value, written only when it applies. */
export const when = (applies: boolean, attribute: string): Html => trusted(applies ? ` ${attribute}` : '');

/** Words of several lines, as they were typed. */
export const lines = (text: string): Html =>
  html`${text.split('\n').map((line, i) => (i === 0 ? line : html`<br>${line}`))}`;
