import { fill, type Text } from '@room/kernel/text.ts';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';

export type Lang = keyof Text;
/** Says a sentence in the reader's language, filling its `{places}`. */
export type Say = (words: Text, places?: Record<string, string | number>) => string;

const KEY = 'huiyin.lang';
let current: Lang = startLang();

/** What the reader once chose; else English where the browser asks for no Chinese at all. */
function startLang(): Lang {
  const kept = localStorage.getItem(KEY);
  if (kept === 'en' || kept === 'zh') return kept;
  return navigator.languages.some((tag) => /^zh\b/i.test(tag)) ? 'zh' : 'en';
}

/** The language for requests, outside of components. */
export const langNow = (): Lang => current;
export const htmlLang = (lang: Lang): string => (lang === 'zh' ? 'zh-CN' : 'en');

interface Speech {
  lang: Lang;
  say: Say;
  choose(lang: Lang): void;
}
const Speaking = createContext<Speech | null>(null);

export function LangProvider({ children }: { children: ReactNode }) {
  const [lang, setLang] = useState<Lang>(current);
  useEffect(() => {
    document.documentElement.lang = htmlLang(lang);
  }, [lang]);
  const choose = useCallback((next: Lang) => {
    current = next;
    localStorage.setItem(KEY, next);
    setLang(next);
  }, []);
  const speech = useMemo<Speech>(
    () => ({ lang, choose, say: (words, places) => (places ? fill(words, places) : words)[lang] }),
    [lang, choose],
  );
  return <Speaking value={speech}>{children}</Speaking>;
}

/** The reader's language and how to speak it. */
export function useSpeech(): Speech {
  const speech = useContext(Speaking);
  if (!speech) throw new Error('useSpeech stands outside LangProvider');
  return speech;
}
