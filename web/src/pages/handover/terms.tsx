import type { Text } from '@room/kernel/text.ts';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { WarrantyTermView } from '../../api/contract.ts';
import { useWarrantyTerm, warrantyTermsQuery } from '../../api/particulars.ts';
import { useMe } from '../../api/session.ts';
import { faultsOf, Refused } from '../../kit/refused.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { useSpeech } from '../../words/lang.tsx';
import { missing } from '../person/faults.ts';
import { Warrantor } from './warrantor.tsx';
import { w } from './words.ts';

/** How long each part is under warranty from handover, for the whole company. */
export function Terms() {
  const { say } = useSpeech();
  const { administers } = useMe();
  const terms = useQuery(warrantyTermsQuery).data ?? [];
  const [open, setOpen] = useState('');
  return (
    <section className="card stack">
      <h2>{say(w.terms)}</h2>
      <p className="muted small">{say(w.termsWhy)}</p>
      {terms.length === 0 && <p className="muted">{say(w.termsNone)}</p>}
      <ul className="person-list">
        {terms.map((one) => {
          const name = say({ zh: one.name, en: one.nameEn || one.name });
          return (
            <li key={one.part}>
              <span>
                <b>{name}</b> {say(w.months, { n: one.months })}{' '}
                <span className="small muted">{say(w.by, { name: one.warrantor ?? say(w.warrantorNone) })}</span>
              </span>
              {administers && (
                <button
                  type="button"
                  className="btn tight"
                  aria-label={`${say(w.edit)} ${name}`}
                  aria-expanded={open === one.part}
                  onClick={() => setOpen(open === one.part ? '' : one.part)}
                >
                  {say(w.edit)}
                </button>
              )}
              {open === one.part && <TermForm term={one} onDone={() => setOpen('')} />}
            </li>
          );
        })}
      </ul>
      {administers && (
        <details className="person-add">
          <summary>{say(w.addTerm)}</summary>
          <TermForm />
        </details>
      )}
    </section>
  );
}

const EMPTY = { part: '', name: '', nameEn: '', months: '', warrantor: '' };

function TermForm({ term, onDone }: { term?: WarrantyTermView; onDone?: () => void }) {
  const { say } = useSpeech();
  const save = useWarrantyTerm();
  const [words, setWords] = useState(
    term ? { ...term, months: String(term.months), warrantor: term.warrantor ?? '' } : EMPTY,
  );
  const [own, setOwn] = useState<Record<string, Text>>({});
  const faults = { ...faultsOf(save.error), ...own };
  const put = (field: keyof typeof EMPTY) => (value: string) => setWords({ ...words, [field]: value });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { part, name, nameEn, months, warrantor } = words;
    const wrong: Record<string, Text> = {
      ...missing({ name }),
      ...(/^[a-z][A-Za-z0-9]{1,40}$/.test(part.trim()) ? {} : { part: w.codeFault }),
      ...(/^\d{1,4}$/.test(months) && Number(months) >= 1 && Number(months) <= 1_200 ? {} : { months: w.monthFault }),
    };
    setOwn(wrong);
    if (Object.keys(wrong).length > 0 || save.isPending) return;
    save.mutate(
      { part: part.trim(), name, nameEn, months: Number(months), warrantor: warrantor || null },
      {
        onSuccess: () => {
          if (!term) setWords(EMPTY);
          onDone?.();
        },
      },
    );
  };
  return (
    <form className="person-form" style={{ flexBasis: '100%' }} noValidate onSubmit={submit}>
      <TextField label={w.part} required value={words.name} onChange={put('name')} fault={faults.name} />
      <TextField label={w.partEn} value={words.nameEn} onChange={put('nameEn')} fault={faults.nameEn} />
      {!term && (
        <TextField
          label={w.code}
          hint={w.codeHint}
          required
          value={words.part}
          onChange={put('part')}
          fault={faults.part}
        />
      )}
      <TextField
        label={w.monthCount}
        type="number"
        required
        value={words.months}
        onChange={put('months')}
        fault={faults.months}
      />
      <Warrantor value={words.warrantor} onChange={put('warrantor')} />
      {Object.keys(faults).length === 0 && <Refused error={save.error} />}
      <div className="row">
        <button type="submit" className="btn main" disabled={save.isPending}>
          {say(w.save)}
        </button>
      </div>
    </form>
  );
}
