import type { Text } from '@room/kernel/text.ts';
import { useSpeech } from '../../words/lang.tsx';
import { CallTimer } from './call-timer.tsx';
import { w } from './words.ts';

interface Props {
  openedAt: number;
  channels: readonly [string, Text][];
  channel: string | undefined;
  /** Whether paper is written down here and not a call. */
  onPaper: boolean;
  onChannel(name: string): void;
}

/** How long the call lasts and by which channel it came. */
export function FormHead({ openedAt, channels, channel, onPaper, onChannel }: Props) {
  const { say } = useSpeech();
  return (
    <div className="page-head">
      <h1>{say(onPaper ? w.paperTitle : w.title)}</h1>
      {!onPaper && <CallTimer openedAt={openedAt} />}
      <label className="row">
        <span className="small muted">{say(w.channel)}</span>
        <select
          className="input"
          style={{ width: 'auto' }}
          value={channel}
          onChange={(event) => onChannel(event.target.value)}
        >
          {channels.map(([name, title]) => (
            <option key={name} value={name}>
              {say(title)}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}
