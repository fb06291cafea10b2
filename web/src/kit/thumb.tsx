import { text } from '@room/kernel/text.ts';
import { useState } from 'react';
import { useSpeech } from '../words/lang.tsx';
import { Icon } from './icons.tsx';

const open = text('打开附件 {n}', 'Open attachment {n}');

/** A stored file as a small picture; a file without a picture shows a sheet of paper. */
export function Thumb({ id, n }: { id: string; n: number }) {
  const { say } = useSpeech();
  const [bare, setBare] = useState(false);
  return (
    <a
      className="thumb"
      href={`/api/v1/attachments/${id}`}
      target="_blank"
      rel="noreferrer"
      aria-label={say(open, { n })}
    >
      {bare ? (
        <Icon name="paper" size={28} />
      ) : (
        <img src={`/api/v1/attachments/${id}/thumbnail`} alt="" loading="lazy" onError={() => setBare(true)} />
      )}
    </a>
  );
}
