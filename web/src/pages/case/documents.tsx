import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { AllowedCommandView } from '../../api/contract.ts';
import { documentQuery, dossierOf, pdfOf } from '../../api/documents.ts';
import { wordsOf } from '../../api/problem.ts';
import { Dialog } from '../../kit/dialog.tsx';
import { Fault } from '../../kit/fault.tsx';
import { Icon } from '../../kit/icons.tsx';
import { Paper } from '../../kit/paper.tsx';
import { CommandDialog } from './command-dialog.tsx';
import type { Sight } from './sight.ts';
import { w } from './words.ts';

/** The case's papers: to look at, to print, to sign. */
export function Documents({ sight, allowed }: { sight: Sight; allowed: readonly AllowedCommandView[] }) {
  const { seen, procedure, say } = sight;
  const [looking, setLooking] = useState<string | null>(null);
  const [signing, setSigning] = useState<AllowedCommandView | null>(null);
  const forms = Object.entries(procedure.forms);
  if (forms.length === 0) return null;
  return (
    <section className="card stack" aria-labelledby="documents-title">
      <h2 id="documents-title">{say(w.documents)}</h2>
      <ul className="papers">
        {forms.map(([form, spec]) => {
          const last = seen.documents.findLast((paper) => paper.form === form);
          const sign = allowed.find(
            (one) => one.allowed && one.mine && procedure.steps[one.step ?? '']?.signs?.form === form,
          );
          return (
            <li key={form}>
              <span className="paper-name">
                <Icon name="paper" size={16} />
                <span>
                  <b>{say(spec.title)}</b> <span className="clause">{spec.clause}</span>
                  <span className="small muted paper-state">
                    {last ? <span className="mono">{last.number}</span> : say(w.draft)}
                    {last && spec.signedBy && (
                      <span className={last.signature && !last.voided ? 'tag kept' : 'tag'}>
                        {last.voided
                          ? say(w.voided)
                          : last.signature
                            ? say(w.signed, { name: last.signature.signer })
                            : say(w.unsigned)}
                      </span>
                    )}
                  </span>
                </span>
              </span>
              <span className="row">
                <button type="button" className="btn tight" onClick={() => setLooking(form)}>
                  {say(w.preview)}
                </button>
                <a className="btn tight" href={pdfOf(seen.id, form)} target="_blank" rel="noreferrer">
                  PDF<span className="only-read"> {say(spec.title)}</span>
                </a>
                {sign && (
                  <button type="button" className="btn tight main" onClick={() => setSigning(sign)}>
                    {say(w.sign)}
                  </button>
                )}
              </span>
            </li>
          );
        })}
      </ul>
      {seen.archivedAt && (
        <a className="btn" href={dossierOf(seen.id)}>
          <Icon name="lock" size={16} />
          {say(w.dossier)}
        </a>
      )}
      {looking && <Preview sight={sight} form={looking} onClose={() => setLooking(null)} />}
      {signing && <CommandDialog sight={sight} allowed={signing} onClose={() => setSigning(null)} />}
    </section>
  );
}

function Preview({ sight, form, onClose }: { sight: Sight; form: string; onClose(): void }) {
  const { seen, procedure, say } = sight;
  const paper = useQuery(documentQuery(seen.id, form));
  const title = procedure.forms[form]?.title;
  return (
    <Dialog shape="side" title={title ? say(title) : form} onClose={onClose}>
      {paper.isError && <Fault words={wordsOf(paper.error)} />}
      {paper.data && (
        <div className="stack">
          <Paper paper={paper.data} />
          <p className="small muted mono" style={{ overflowWrap: 'anywhere' }}>
            {paper.data.digest}
          </p>
        </div>
      )}
    </Dialog>
  );
}
