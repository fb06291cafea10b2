import { text } from '@room/kernel/text.ts';
import { Link } from '@tanstack/react-router';
import { useSeen } from '../api/account.ts';
import { useMe } from '../api/session.ts';
import { deviceName } from '../pages/account/device-name.ts';
import { happened } from '../pages/account/words.ts';
import { at, shortMoment } from '../time/format.ts';
import { useSpeech } from '../words/lang.tsx';

const w = {
  mine: text('是我本人', 'That was me'),
  look: text('不是我，去处理', 'Not me'),
};

/** What happened to one's account and one must know of: a line above the page until it is seen. */
export default function AccountAlerts() {
  const { say } = useSpeech();
  const { alerts } = useMe();
  const seen = useSeen();
  const [latest] = alerts;
  if (!latest) return null;
  const words = happened[latest.kind];
  const where = [shortMoment(at(latest.at)), deviceName(latest.device), latest.address].filter(Boolean).join(' · ');
  return (
    <p className="note soon" role="status" style={{ marginBottom: '1rem' }}>
      <span>
        {words ? say(words) : latest.kind}：{where}
      </span>
      <button type="button" className="btn plain tight" onClick={() => seen.mutate()}>
        {say(w.mine)}
      </button>
      <Link to="/account" className="btn plain tight">
        {say(w.look)}
      </Link>
    </p>
  );
}
