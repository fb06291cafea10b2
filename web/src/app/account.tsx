import { lazy, Suspense, useState } from 'react';
import { useMe, useSession, useSignOut } from '../api/session.ts';
import { Icon } from '../kit/icons.tsx';
import { Menu } from '../kit/menu.tsx';
import { useSpeech } from '../words/lang.tsx';
import { w } from './words.ts';

const ChangePassword = lazy(() => import('./change-password.tsx'));

/** Who I am, the other language, the way out. */
export function AccountMenu() {
  const { lang, say, choose } = useSpeech();
  const me = useMe();
  const signOut = useSignOut();
  const [changing, setChanging] = useState(false);
  // People of the demo company have no passwords.
  const own = !useSession().company?.demo;
  return (
    <>
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
        {own && (
          <button type="button" role="menuitem" onClick={() => setChanging(true)}>
            <Icon name="lock" />
            {say(w.password)}
          </button>
        )}
        <button type="button" role="menuitem" onClick={() => signOut.mutate()}>
          <Icon name="out" />
          {say(w.signOut)}
        </button>
      </Menu>
      {changing && (
        <Suspense fallback={null}>
          <ChangePassword onClose={() => setChanging(false)} />
        </Suspense>
      )}
    </>
  );
}
