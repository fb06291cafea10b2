export type Lang = 'zh' | 'en';

/** `?lang=` decides; else the first language of Accept-Language we speak; else Chinese. */
export function languageOf(query: unknown, acceptLanguage: string | undefined): Lang {
  const asked = typeof query === 'object' && query !== null && 'lang' in query ? query.lang : undefined;
  if (asked === 'en' || asked === 'zh') return asked;
  const wanted = (acceptLanguage ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...rest] = part.trim().toLowerCase().split(';');
      const weight = Number(/q=([\d.]+)/.exec(rest.join(';'))?.[1] ?? '1');
      return { lang: tag.split('-')[0], weight: Number.isFinite(weight) ? weight : 0 };
    })
    .filter(({ lang, weight }) => weight > 0 && (lang === 'zh' || lang === 'en'))
    .sort((a, b) => b.weight - a.weight);
  return wanted[0]?.lang === 'en' ? 'en' : 'zh';
}
