import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { noticesQuery } from '../api/notices.ts';
import { w } from '../app/words.ts';
import { Icon } from '../kit/icons.tsx';
import { useSpeech } from '../words/lang.tsx';

/** How many messages wait, and the way to them. */
export function Bell() {
  const { say } = useSpeech();
  const unread = useQuery(noticesQuery).data?.unread ?? 0;
  return (
    <Link
      to="/notices"
      className="bell"
      aria-label={`${say(w.notices)}${unread ? ` · ${say(w.unread, { n: unread })}` : ''}`}
    >
      <Icon name="bell" size={21} />
      {unread > 0 && <span className="bell-count">{unread > 99 ? '99+' : unread}</span>}
    </Link>
  );
}
