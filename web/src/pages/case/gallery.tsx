import { useQuery } from '@tanstack/react-query';
import Image from 'antd/es/image';
import { useState } from 'react';
import { AntTheme } from '../../kit/antd.tsx';
import { Icon } from '../../kit/icons.tsx';
import { at, shortMoment } from '../../time/format.ts';
import type { StoredFile } from './files.ts';
import type { Sight } from './sight.ts';
import { w } from './words.ts';

const pathOf = (id: string): string => `/api/v1/attachments/${id}`;

/** The digest of the bytes as they arrive here, so that it can be held against the sealed papers. Needs https or localhost. */
function useDigest(id: string): string {
  const digest = useQuery({
    queryKey: ['digest', id],
    queryFn: async () => {
      const bytes = await (await fetch(pathOf(id))).arrayBuffer();
      const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
      return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
    },
    enabled: isSecureContext,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return digest.data ?? '';
}

/** Thumbnails that open large; a file without a picture opens in its own tab. */
export default function Gallery({ files, sight }: { files: readonly StoredFile[]; sight: Sight }) {
  return (
    <AntTheme>
      <Image.PreviewGroup>
        <ul className="gallery">
          {files.map((file, index) => (
            <Item key={file.id} file={file} n={index + 1} sight={sight} />
          ))}
        </ul>
      </Image.PreviewGroup>
    </AntTheme>
  );
}

function Item({ file, n, sight: { say } }: { file: StoredFile; n: number; sight: Sight }) {
  const digest = useDigest(file.id);
  const [bare, setBare] = useState(false);
  const name = say(w.file, { n });
  return (
    <li>
      {bare ? (
        <a className="thumb" href={pathOf(file.id)} target="_blank" rel="noreferrer" aria-label={name}>
          <Icon name="paper" size={28} />
        </a>
      ) : (
        <Image
          width={80}
          height={80}
          alt={`${name}：${say(file.label)}`}
          src={`${pathOf(file.id)}/thumbnail`}
          preview={{ src: pathOf(file.id) }}
          onError={() => setBare(true)}
        />
      )}
      <span className="small">
        <b>{say(file.label)}</b>
        <span className="muted">{say(w.by, { name: file.by, at: shortMoment(at(file.at)) })}</span>
        {digest && (
          <span className="mono muted" title={digest}>
            {digest.slice(0, 12)}…
          </span>
        )}
      </span>
    </li>
  );
}
