import { useSpeech } from './lang.tsx';

/** Goes to the other language; written in that language. */
export function LangSwitch() {
  const { lang, choose } = useSpeech();
  return (
    <button
      type="button"
      className="btn plain tight"
      lang={lang === 'zh' ? 'en' : 'zh-CN'}
      onClick={() => choose(lang === 'zh' ? 'en' : 'zh')}
    >
      {lang === 'zh' ? 'English' : '中文'}
    </button>
  );
}
