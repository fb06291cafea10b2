import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { awaitingQuery, useTogether } from '../../api/awaiting.ts';
import { newKey } from '../../api/client.ts';
import type { Awaiting, OrderRow, WireValues } from '../../api/contract.ts';
import { usePack } from '../../api/packs.ts';
import { Problem } from '../../api/problem.ts';
import { useSpeech } from '../../words/lang.tsx';
import type { Sight } from '../case/sight.ts';
import { CaseRow } from './case-row.tsx';
import { TogetherForm } from './together-form.tsx';
import { w } from './words.ts';

interface Props {
  group: Awaiting['groups'][number];
  chosen: ReadonlySet<string>;
  onChoose(ids: ReadonlySet<string>): void;
}

/** Like cases: each with its essentials and, once decided, with what became of it. */
export function Group({ group, chosen, onChoose }: Props) {
  const { say, lang } = useSpeech();
  const client = useQueryClient();
  const pack = usePack(group.pack, group.version);
  const procedure = pack.procedures[group.procedure];
  const [said, setSaid] = useState<ReadonlyMap<string, OrderRow>>(new Map());
  const [key, setKey] = useState(newKey);
  const together = useTogether();
  if (!procedure) throw new Error(`Pack ${group.pack} has no procedure ${group.procedure}`);
  const open = group.cases.filter((one) => said.get(one.id)?.ok !== true);
  const picked = open.filter((one) => chosen.has(one.id));
  const sightOf = (seen: Sight['seen']): Sight => ({ seen, pack, procedure, clear: null, lang, say });
  const pick = (id: string, on: boolean) => {
    const next = new Set(chosen);
    if (on) next.add(id);
    else next.delete(id);
    onChoose(next);
  };
  const send = (step: string, values: WireValues) => {
    const orders = picked.map(({ id, seq }) => ({ caseId: id, seen: seq, step, values }));
    // After silence it is the same wish and carries the same key; after an answer it is another.
    const next = together.error !== null && !(together.error instanceof Problem) ? key : newKey();
    setKey(next);
    together.mutate(
      { body: { orders }, key: next },
      {
        onSuccess: ({ rows }) => {
          setSaid(new Map([...said, ...rows.map((row) => [row.caseId, row] as const)]));
          onChoose(new Set());
          // What was refused because it changed is shown as it is now; what was done keeps its line until the page is left.
          if (rows.every((row) => !row.ok)) void client.invalidateQueries(awaitingQuery);
        },
      },
    );
  };
  const first = picked[0];
  const done = [...said.values()].filter((row) => row.ok).length;
  // Under two versions, or for another post, the same cases stand in two groups.
  const name = [
    `${say(group.procedureTitle)} · ${say(group.stateTitle)}`,
    `${group.pack} ${group.version}`,
    ...group.steps.map((one) => say(one.title)),
  ].join(' · ');
  return (
    <section className="card stack" aria-label={name}>
      <div className="card-head">
        <h2>
          {say(group.procedureTitle)} · {say(group.stateTitle)}
        </h2>
        <span className="small muted">{say(w.count, { n: open.length })}</span>
      </div>
      {said.size > 0 && (
        <p className="note" role="status">
          {say(w.result, { n: done, m: said.size - done })}
        </p>
      )}
      {open.length > 1 && (
        <label className="row">
          <input
            type="checkbox"
            checked={picked.length === open.length}
            onChange={({ target }) => onChoose(new Set(target.checked ? open.map((one) => one.id) : []))}
          />
          {say(w.all)}
        </label>
      )}
      <ul className="awaiting-cases">
        {group.cases.map((one) => (
          <CaseRow
            key={one.id}
            sight={sightOf(one)}
            chosen={chosen.has(one.id)}
            said={said.get(one.id)}
            onPick={(on) => pick(one.id, on)}
          />
        ))}
      </ul>
      {picked.length > 0 && first && (
        <TogetherForm
          sight={sightOf(first)}
          steps={group.steps}
          count={picked.length}
          pending={together.isPending}
          error={together.error}
          onSubmit={send}
        />
      )}
    </section>
  );
}
