import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { ask } from '../../api/client.ts';
import type { AllowedCommandView, PackSpec } from '../../api/contract.ts';
import { Problem } from '../../api/problem.ts';
import { Dialog } from '../../kit/dialog.tsx';
import { Fault } from '../../kit/fault.tsx';
import { Icon } from '../../kit/icons.tsx';
import { roleTitle } from '../../pack/titles.ts';
import { at, sayMoment } from '../../time/format.ts';
import { now } from '../../time/now.ts';
import { FormShell } from './form-shell.tsx';
import type { Sight } from './sight.ts';
import { w } from './words.ts';

const isOutside = (pack: PackSpec, role: string): boolean => {
  const spec = pack.roles[role];
  return spec !== undefined && 'party' in spec && spec.party === 'outside';
};

/** Roles outside the company that have a step where the case stands. */
export function outsideRolesOf({ pack, procedure, seen }: Sight, allowed: readonly AllowedCommandView[]): string[] {
  const here = allowed.flatMap(({ step }) => {
    const spec = step === null ? undefined : procedure.steps[step];
    const end = procedure.states[seen.state]?.end === true;
    return spec && (spec.from.includes(seen.state) || (spec.from.includes('open') && !end)) ? [spec] : [];
  });
  return [...new Set(here.flatMap((spec) => spec.by))].filter((role) => isOutside(pack, role));
}

interface Link {
  url: string;
  expiresAt: string | null;
}

/** Asks a party outside for one answer: who, in which role, and where to send it; then the link to hand over. */
export function OutsideDialog({ sight, roles, onClose }: { sight: Sight; roles: readonly string[]; onClose(): void }) {
  const { say, pack, seen, lang } = sight;
  const [role, setRole] = useState(roles[0] ?? '');
  const [name, setName] = useState('');
  const [contact, setContact] = useState('');
  const [copied, setCopied] = useState(false);
  const link = useMutation({
    mutationFn: () =>
      ask<Link>(`/cases/${seen.id}/outside-page`, {
        method: 'POST',
        body: { role, name, ...(contact.trim() === '' ? {} : { contact: contact.trim() }) },
      }),
  });
  const faults = link.error instanceof Problem ? link.error.byField : {};
  const made = link.data;
  return (
    <Dialog shape="side" title={`${say(w.outside)} · ${seen.number}`} onClose={onClose}>
      {made ? (
        <div className="stack step-form" role="status">
          <p>{say(w.outsideMade, { name })}</p>
          <a href={made.url} target="_blank" rel="noreferrer" className="done-link mono">
            {made.url}
          </a>
          {made.expiresAt !== null && (
            <p className="small muted">{say(w.outsideUntil, { at: sayMoment(at(made.expiresAt), lang, now()) })}</p>
          )}
          <button
            type="button"
            className="btn tight"
            onClick={() => void navigator.clipboard.writeText(made.url).then(() => setCopied(true))}
          >
            <Icon name="copy" size={15} />
            {say(copied ? w.copied : w.copy)}
          </button>
        </div>
      ) : (
        <FormShell
          error={link.error}
          placed={['name', 'contact', 'role']}
          pending={link.isPending}
          onSubmit={() => link.mutate()}
        >
          <p className="small muted">{say(w.outsideWhy)}</p>
          <label className="field">
            <span className="label">{say(w.outsideRole)}</span>
            <select className="input" value={role} onChange={(event) => setRole(event.target.value)}>
              {roles.map((one) => (
                <option key={one} value={one}>
                  {roleTitle(pack, one, say)}
                </option>
              ))}
            </select>
            {faults.role && <Fault words={faults.role} />}
          </label>
          <label className="field">
            <span className="label">{say(w.outsideName)}</span>
            <input
              className="input"
              value={name}
              maxLength={60}
              aria-invalid={faults.name !== undefined}
              onChange={(event) => setName(event.target.value)}
            />
            {faults.name && <Fault words={faults.name} />}
          </label>
          <label className="field">
            <span className="label">{say(w.outsideContact)}</span>
            <input
              className="input"
              type="email"
              value={contact}
              aria-invalid={faults.contact !== undefined}
              onChange={(event) => setContact(event.target.value)}
            />
            {faults.contact && <Fault words={faults.contact} />}
          </label>
        </FormShell>
      )}
    </Dialog>
  );
}
