/** A sentence people read, in both languages. */
export interface Text {
  zh: string;
  en: string;
}

export const text = (zh: string, en: string): Text => ({ zh, en });

/** Fills `{name}` places in both languages. */
export function fill(template: Text, values: Record<string, string | number>): Text {
  const put = (s: string): string => s.replace(/\{(\w+)\}/g, (whole, key: string) => String(values[key] ?? whole));
  return { zh: put(template.zh), en: put(template.en) };
}
