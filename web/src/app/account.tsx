import { useNavigate } from '@tanstack/react-router';
import { useMe, useSignOut } from '../api/session.ts';
import { Icon } from '../kit/icons.tsx';
import { Menu } from '../kit/menu.tsx';
import { useSpeech } from '../words/lang.tsx';
import { w } from './words.ts';

/** Who I am, the other language, the way out. */
export function AccountMenu() {
  const { lang, say, choose } = useSpeech();
  const me = useMe();
  const signOut = useSignOut();
  const navigate = useNavigate();
  return (
    <Menu
      label={say(w.account, { name: [me.person.name, ...me.posts.map((post) => say(post.title))].join(' ') })}
      button={
        <>
          <span className="face" aria-hidden="true">
            {[...me.person.name].slice(-1)}
          </span>
          <span className="account-words" aria-hidden="true">
            <b>{me.person.name}</b>
            <span>{me.posts.map((post) => say(post.title)).join(' · ')}</span>
          </span>
        </>
      }
    >
      <p className="menu-head">
        <b>{me.person.name}</b>
        <span className="muted small">
          {[...me.posts.map((post) => say(post.title)), me.unit?.name].filter(Boolean).join(' · ')}
        </span>
      </p>
      <button type="button" role="menuitem" onClick={() => choose(lang === 'zh' ? 'en' : 'zh')}>
        <Icon name="globe" />
        <span lang={lang === 'zh' ? 'en' : 'zh-CN'}>{say(w.otherLang)}</span>
      </button>
      <button type="button" role="menuitem" onClick={() => void navigate({ to: '/account' })}>
        <Icon name="lock" />
        {say(w.myAccount)}
      </button>
      <button type="button" role="menuitem" onClick={() => signOut.mutate()}>
        <Icon name="out" />
        {say(w.signOut)}
      </button>
    </Menu>
  );
}
