import { text } from '@room/kernel/text.ts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { WireValue } from '../api/contract.ts';
import { documentQuery } from '../api/documents.ts';
import { wordsOf } from '../api/problem.ts';
import { Fault } from '../kit/fault.tsx';
import { Paper } from '../kit/paper.tsx';
import { useSpeech } from '../words/lang.tsx';
import { upload } from './attachments.tsx';
import type { FieldKind, InputProps } from './kind.ts';
import { Pad } from './pad.tsx';

export const METHODS = {
  glass: text('屏上手写', 'Written on the glass'),
  paper: text('纸上签字，附照片', 'Signed on paper, with a photo'),
  electronic: text('电子确认', 'Confirmed electronically'),
  witness: text('未签字，有见证人', 'Not signed, witnessed'),
  delivery: text('送达回执', 'Delivery slip'),
};
type Method = keyof typeof METHODS;
const isMethod = (word: unknown): word is Method => typeof word === 'string' && word in METHODS;

const w = {
  method: text('签字方式', 'How it is signed'),
  signer: text('签字人姓名', "Signer's name"),
  witness: text('见证人', 'Witness'),
  reason: text('未签字的原因', 'Why it was not signed'),
  photo: text('签字页或回执的照片', 'Photo of the signed page or slip'),
  photoThere: text('照片已附', 'The photo is attached'),
  bound: text(
    '签字针对的就是上面这份内容，指纹 {digest}',
    'The signature is bound to exactly this content, digest {digest}',
  ),
};

const part = (value: WireValue | undefined, name: string): WireValue | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value[name] : undefined;

function Sign({ id, spec, value, onChange, invalid, around }: InputProps) {
  const { say } = useSpeech();
  const [fault, setFault] = useState<unknown>(null);
  const paper = useQuery({ ...documentQuery(around.caseId ?? '', String(spec.form)), enabled: around.caseId !== null });
  const given = part(value, 'method');
  const method: Method = isMethod(given) ? given : 'glass';
  const words = (name: string) => String(part(value, name) ?? '');
  const set = (changes: { [name: string]: WireValue }) => {
    const old = typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
    onChange({ method, signer: '', ...old, ...changes, digest: paper.data?.digest ?? '' });
  };
  const keep = (picture: Blob | null, name: string) => {
    setFault(null);
    if (!picture) return set({ attachment: null });
    upload(picture, name).then((stored) => set({ attachment: stored.id }), setFault);
  };
  return (
    <>
      {paper.data && <Paper paper={paper.data} />}
      {paper.data && <span className="hint">{say(w.bound, { digest: `${paper.data.digest.slice(0, 12)}…` })}</span>}
      <label className="field">
        <span className="label">{say(w.method)}</span>
        <select
          id={id}
          className="input"
          value={method}
          onChange={(event) => set({ method: event.target.value, attachment: null })}
        >
          {Object.entries(METHODS).map(([name, title]) => (
            <option key={name} value={name}>
              {say(title)}
            </option>
          ))}
        </select>
      </label>
      <Words label={say(w.signer)} value={words('signer')} onChange={(signer) => set({ signer })} />
      {method === 'glass' && <Pad invalid={invalid} onInk={(picture) => keep(picture, 'signature.png')} />}
      {(method === 'paper' || method === 'delivery') && (
        <label className="field">
          <span className="label">{say(w.photo)}</span>
          <input
            type="file"
            className="input"
            accept="image/*,application/pdf"
            onChange={({ target: { files } }) => files?.[0] && keep(files[0], files[0].name)}
          />
          {words('attachment') !== '' && <span className="hint">{say(w.photoThere)}</span>}
        </label>
      )}
      {method === 'witness' && (
        <>
          <Words label={say(w.witness)} value={words('witness')} onChange={(witness) => set({ witness })} />
          <Words label={say(w.reason)} value={words('reason')} onChange={(reason) => set({ reason })} />
        </>
      )}
      {(fault ?? paper.error) !== null && <Fault words={wordsOf(fault ?? paper.error)} />}
    </>
  );
}

function Words({ label, value, onChange }: { label: string; value: string; onChange(words: string): void }) {
  return (
    <label className="field">
      <span className="label">{label}</span>
      <input className="input" autoComplete="off" value={value} onChange={(event) => onChange(event.target.value)} />
    </label>
  );
}

/** A signature under the form shown right above it. */
export const signature: FieldKind = {
  Input: Sign,
  read: (value, _spec, { say }) => {
    const method = part(value, 'method');
    return `${String(part(value, 'signer') ?? '')}${isMethod(method) ? ` · ${say(METHODS[method])}` : ''}`;
  },
  group: true,
  wide: true,
};
