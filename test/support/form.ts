/** A form as a browser without script reads and sends it. */
export interface WebForm {
  action: string;
  /** What the page put into each control. */
  values: [string, string][];
}

const plain = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');

const attribute = (tag: string, name: string): string | undefined => {
  const found = new RegExp(`\\s${name}="([^"]*)"`).exec(tag);
  return found ? plain(found[1] ?? '') : undefined;
};

/** The form of a page whose action contains `part`. Throws when there is none. */
export function formOf(page: string, part = ''): WebForm {
  for (const [, head = '', body = ''] of page.matchAll(/<form([^>]*)>(.*?)<\/form>/gs)) {
    const action = attribute(head, 'action') ?? '';
    if (!action.includes(part)) continue;
    const values: [string, string][] = [];
    for (const [tag] of body.matchAll(/<input[^>]*>/gs)) {
      const [name, type] = [attribute(tag, 'name'), attribute(tag, 'type')];
      if (name === undefined || type === 'file' || /\sdisabled/.test(tag)) continue;
      if ((type === 'radio' || type === 'checkbox') && !/\schecked/.test(tag)) continue;
      values.push([name, attribute(tag, 'value') ?? '']);
    }
    for (const [, head = '', text = ''] of body.matchAll(/<textarea([^>]*)>\n?(.*?)<\/textarea>/gs))
      values.push([attribute(head, 'name') ?? '', plain(text)]);
    for (const [, head = '', inner = ''] of body.matchAll(/<select([^>]*)>(.*?)<\/select>/gs))
      values.push([attribute(head, 'name') ?? '', /<option value="([^"]*)" selected/.exec(inner)?.[1] ?? '']);
    return { action, values };
  }
  throw new Error(`There is no form to ${part} on this page`);
}

export interface WebFile {
  name: string;
  bytes: Uint8Array;
  type: string;
}

/** Sends a form with some controls filled in; redirects are followed as a browser does. */
export async function sendForm(
  origin: string,
  form: WebForm,
  filled: Record<string, string> = {},
  files: Record<string, WebFile[]> = {},
): Promise<{ status: number; url: string; page: string }> {
  const body = new FormData();
  for (const [name, value] of form.values) if (!(name in filled)) body.append(name, value);
  for (const [name, value] of Object.entries(filled)) body.append(name, value);
  for (const [name, list] of Object.entries(files))
    for (const { bytes, name: file, type } of list)
      body.append(name, new Blob([new Uint8Array(bytes)], { type }), file);
  const answer = await fetch(new URL(form.action, origin), { method: 'POST', body });
  return { status: answer.status, url: answer.url, page: await answer.text() };
}
