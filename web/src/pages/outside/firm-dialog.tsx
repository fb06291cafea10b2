import type { Text } from '@room/kernel/text.ts';
import { type FormEvent, useState } from 'react';
import type { OutsideView } from '../../api/contract.ts';
import { useEndOutside, useKeepOutside } from '../../api/particulars.ts';
import { Dialog } from '../../kit/dialog.tsx';
import { faultsOf, Refused } from '../../kit/refused.tsx';
import { SelectField } from '../../kit/select-field.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { useSpeech } from '../../words/lang.tsx';
import { missing } from '../person/faults.ts';
import { w } from './words.ts';

const KINDS = ['developer', 'contractor', 'supplier', 'authority'] as const;
const NOBODY = { name: '', duty: '', phone: '', email: '' };
type Words = typeof NOBODY;

interface Props {
  /** One with an empty id is new. */
  firm: OutsideView;
  /** Names of the firms that are there. */
  taken: readonly string[];
  onClose(): void;
}

/** Enters a firm with its contacts, or changes it. */
export function FirmDialog({ firm, taken, onClose }: Props) {
  const { say } = useSpeech();
  const keep = useKeepOutside();
  const end = useEndOutside();
  const fresh = firm.id === '';
  const [kind, setKind] = useState(firm.kind);
  const [name, setName] = useState(firm.name);
  const [note, setNote] = useState(firm.note);
  const [contacts, setContacts] = useState<readonly (Words & { key: number })[]>(() =>
    (firm.contacts.length === 0 ? [NOBODY] : firm.contacts).map((one, key) => ({
      key,
      name: one.name,
      duty: one.duty,
      phone: one.phone ?? '',
      email: one.email ?? '',
    })),
  );
  const [own, setOwn] = useState<Record<string, Text>>({});
  const faults = { ...faultsOf(keep.error), ...own };
  const put = (key: number, field: keyof Words) => (value: string) =>
    setContacts(contacts.map((one) => (one.key === key ? { ...one, [field]: value } : one)));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const filled = contacts.filter((one) =>
      [one.name, one.duty, one.phone, one.email].some((word) => word.trim() !== ''),
    );
    const wrong: Record<string, Text> = {
      ...missing({ name }),
      ...(fresh && taken.includes(name.trim()) ? { name: w.taken } : {}),
    };
    for (const one of filled) {
      Object.assign(wrong, missing({ [`name ${one.key}`]: one.name }));
      if (one.phone.trim() === '' && one.email.trim() === '') wrong[`phone ${one.key}`] = w.reach;
    }
    setOwn(wrong);
    if (Object.keys(wrong).length > 0 || keep.isPending) return;
    const plain = (word: string): string | null => (word.trim() === '' ? null : word.trim());
    keep.mutate(
      {
        id: '',
        kind,
        name,
        note,
        contacts: filled
          .map((one) => ({ ...one, phone: plain(one.phone), email: plain(one.email) }))
          .map(({ key: _, ...rest }) => rest),
      },
      { onSuccess: onClose },
    );
  };
  return (
    <Dialog title={fresh ? say(w.add) : say(w.editThis, { name: firm.name })} shape="side" onClose={onClose}>
      <form className="stack" noValidate onSubmit={submit}>
        {fresh && <TextField label={w.name} required value={name} onChange={setName} fault={faults.name} />}
        <SelectField
          label={w.kind}
          value={kind}
          options={KINDS.map((one) => ({ value: one, label: say(w[one]) }))}
          onChange={(value) => setKind(KINDS.find((one) => one === value) ?? kind)}
        />
        <TextField label={w.note} value={note} onChange={setNote} fault={faults.note} />
        {contacts.map((one, i) => (
          <fieldset key={one.key} className="field">
            <legend className="label">{say(w.contact, { n: i + 1 })}</legend>
            <div className="person-form">
              <TextField
                label={w.person}
                value={one.name}
                onChange={put(one.key, 'name')}
                fault={own[`name ${one.key}`]}
              />
              <TextField label={w.duty} value={one.duty} onChange={put(one.key, 'duty')} />
              <TextField
                label={w.phone}
                type="tel"
                value={one.phone}
                onChange={put(one.key, 'phone')}
                fault={own[`phone ${one.key}`]}
              />
              <TextField label={w.email} type="email" value={one.email} onChange={put(one.key, 'email')} />
              <div className="row">
                <button
                  type="button"
                  className="btn tight"
                  aria-label={say(w.dropContact, { n: i + 1 })}
                  onClick={() => setContacts(contacts.filter(({ key }) => key !== one.key))}
                >
                  {say(w.drop)}
                </button>
              </div>
            </div>
          </fieldset>
        ))}
        <div className="row">
          <button
            type="button"
            className="btn"
            onClick={() =>
              setContacts([...contacts, { ...NOBODY, key: Math.max(-1, ...contacts.map(({ key }) => key)) + 1 }])
            }
          >
            {say(w.addContact)}
          </button>
        </div>
        {Object.keys(faults).length === 0 && <Refused error={keep.error} />}
        <div className="row">
          <button type="submit" className="btn main" disabled={keep.isPending}>
            {say(w.save)}
          </button>
        </div>
      </form>
      {!fresh && (
        <section className="stack" style={{ marginTop: '1.5rem' }}>
          <p className="muted small">{say(w.endWhy)}</p>
          <Refused error={end.error} />
          <div className="row">
            <button
              type="button"
              className="btn"
              aria-label={say(w.endThis, { name: firm.name })}
              disabled={end.isPending}
              onClick={() => end.mutate(firm.id, { onSuccess: onClose })}
            >
              {say(w.end)}
            </button>
          </div>
        </section>
      )}
    </Dialog>
  );
}
