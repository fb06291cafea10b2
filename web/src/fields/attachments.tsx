import { text } from '@room/kernel/text.ts';
import { useId, useState } from 'react';
import { ask } from '../api/client.ts';
import type { AttachmentView } from '../api/contract.ts';
import { wordsOf } from '../api/problem.ts';
import { Fault } from '../kit/fault.tsx';
import { Icon } from '../kit/icons.tsx';
import { Thumb } from '../kit/thumb.tsx';
import { useSpeech } from '../words/lang.tsx';
import type { FieldKind, InputProps } from './kind.ts';

const add = text('拍照或选文件', 'Take a photo or choose files');
const remove = text('移除附件 {n}', 'Remove attachment {n}');
const sending = text('正在上传 {n} 个…', 'Uploading {n}…');

/** Sends one file and gives back how it was stored. */
export function upload(file: Blob, name: string): Promise<AttachmentView> {
  const form = new FormData();
  form.append('file', file, name);
  return ask<AttachmentView>('/attachments', { method: 'POST', body: form });
}

function Files({ id, value, onChange, invalid, describedBy }: InputProps) {
  const { say } = useSpeech();
  const inputId = useId();
  const [busy, setBusy] = useState(0);
  const [fault, setFault] = useState<unknown>(null);
  const ids = Array.isArray(value) ? value.map(String) : [];
  const choose = async (files: File[]) => {
    setFault(null);
    setBusy(files.length);
    const stored: string[] = [];
    try {
      for (const file of files) {
        stored.push((await upload(file, file.name)).id);
        setBusy((left) => left - 1);
      }
    } catch (cause) {
      setFault(cause);
    }
    setBusy(0);
    if (stored.length > 0) onChange([...ids, ...stored]);
  };
  return (
    <>
      <span className="files">
        {ids.map((file, index) => (
          <span key={file} className="file">
            <Thumb id={file} n={index + 1} />
            <button
              type="button"
              className="btn icon tight"
              aria-label={say(remove, { n: index + 1 })}
              onClick={() => onChange(ids.length > 1 ? ids.filter((each) => each !== file) : undefined)}
            >
              <Icon name="cross" size={14} />
            </button>
          </span>
        ))}
        <label className="btn file-add" htmlFor={inputId}>
          <Icon name="clip" />
          {say(add)}
          <input
            id={inputId}
            data-field={id}
            type="file"
            multiple
            className="only-read"
            aria-invalid={invalid}
            aria-describedby={describedBy}
            disabled={busy > 0}
            onChange={(event) => {
              void choose([...(event.target.files ?? [])]);
              event.target.value = '';
            }}
          />
        </label>
      </span>
      <span role="status" className="hint">
        {busy > 0 && say(sending, { n: busy })}
      </span>
      {fault !== null && <Fault words={wordsOf(fault)} />}
    </>
  );
}

/** Photos and files; they are stored at once, the step only names them. */
export const attachments: FieldKind = {
  Input: Files,
  read: (value) => (
    <span className="files">
      {(Array.isArray(value) ? value : []).map((id, index) => (
        <Thumb key={String(id)} id={String(id)} n={index + 1} />
      ))}
    </span>
  ),
  group: true,
  wide: true,
};
