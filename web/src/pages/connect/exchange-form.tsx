import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ask } from '../../api/client.ts';
import type { PremisesView } from '../../api/contract.ts';
import { peopleQuery } from '../../api/directory.ts';
import { addExchange, changeExchange, type ExchangeView, useExchangeChange } from '../../api/exchanges.ts';
import { Dialog } from '../../kit/dialog.tsx';
import { faultsOf, Refused } from '../../kit/refused.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { useSpeech } from '../../words/lang.tsx';
import { ExchangeRows } from './exchange-rows.tsx';
import { x } from './exchange-words.ts';

interface Props {
  /** Null: a new one. */
  exchange: ExchangeView | null;
  onClose(): void;
  onSecret(secret: string): void;
}

const estatesQuery = { queryKey: ['premises', ''], queryFn: () => ask<PremisesView[]>('/premises') };
const FIGURES = [
  ['answerWithin', x.answerWithin, 3],
  ['ringSeconds', x.ringSeconds, 5],
  ['callBackMinutes', x.callBack, 30],
  ['headAfterMinutes', x.headAfter, 30],
] as const;
type Figure = (typeof FIGURES)[number][0];

/** What is said of an exchange: its numbers, who sits where, and what is promised of calls. */
export default function ExchangeForm({ exchange, onClose, onSecret }: Props) {
  const { say } = useSpeech();
  const estates = useQuery(estatesQuery).data ?? [];
  const people = useQuery(peopleQuery()).data ?? [];
  const [name, setName] = useState(exchange?.name ?? '');
  // A row keeps its place while one types in it; empty rows are not sent.
  const [numbers, setNumbers] = useState(
    exchange?.numbers.map((one) => ({ ...one })) ?? [{ number: '', estateId: null }],
  );
  const [seats, setSeats] = useState(
    exchange?.extensions.map((one) => ({ ...one })) ?? [{ extension: '', personId: '' }],
  );
  const [figures, setFigures] = useState<Record<Figure, string>>({
    answerWithin: String(exchange?.answerWithin ?? FIGURES[0][2]),
    ringSeconds: String(exchange?.ringSeconds ?? FIGURES[1][2]),
    callBackMinutes: String(exchange?.callBackMinutes ?? FIGURES[2][2]),
    headAfterMinutes: String(exchange?.headAfterMinutes ?? FIGURES[3][2]),
  });
  const [recordings, setRecordings] = useState(exchange?.recordings.join('\n') ?? '');
  const add = useExchangeChange(addExchange);
  const change = useExchangeChange(changeExchange);
  const error = add.error ?? change.error;
  const faults = faultsOf(error);
  const send = () => {
    const body = {
      name,
      answerWithin: Number(figures.answerWithin),
      ringSeconds: Number(figures.ringSeconds),
      callBackMinutes: Number(figures.callBackMinutes),
      headAfterMinutes: Number(figures.headAfterMinutes),
      recordings: recordings.split(/\s+/).filter((one) => one !== ''),
      numbers: numbers
        .map((one) => ({ ...one, number: one.number.replace(/[\s()（）-]/g, '') }))
        .filter((one) => one.number !== ''),
      extensions: seats
        .map((one) => ({ ...one, extension: one.extension.trim() }))
        .filter((one) => one.extension !== '' && one.personId !== ''),
    };
    if (exchange) change.mutate({ id: exchange.id, body }, { onSuccess: onClose });
    else
      add.mutate(body, {
        onSuccess: ({ secret }) => {
          onClose();
          onSecret(secret);
        },
      });
  };
  return (
    <Dialog title={say(exchange ? x.edit : x.add)} shape="side" onClose={onClose}>
      <form
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <TextField label={x.name} hint={x.nameHint} required value={name} onChange={setName} fault={faults.name} />
        <ExchangeRows
          legend={x.numbers}
          rows={numbers}
          fresh={{ number: '', estateId: null }}
          adding={x.addNumber}
          onChange={setNumbers}
        >
          {(row, put) => (
            <>
              <input
                className="input"
                aria-label={say(x.number)}
                inputMode="tel"
                value={row.number}
                placeholder={say(x.number)}
                onChange={(event) => put({ number: event.target.value })}
              />
              <select
                className="input"
                aria-label={say(x.estate)}
                value={row.estateId ?? ''}
                onChange={(event) => put({ estateId: event.target.value || null })}
              >
                <option value="">{say(x.whole)}</option>
                {estates.map((one) => (
                  <option key={one.id} value={one.id}>
                    {one.fullName}
                  </option>
                ))}
              </select>
            </>
          )}
        </ExchangeRows>
        <ExchangeRows
          legend={x.seats}
          hint={x.seatsHint}
          rows={seats}
          fresh={{ extension: '', personId: '' }}
          adding={x.addSeat}
          onChange={setSeats}
        >
          {(row, put) => (
            <>
              <input
                className="input"
                aria-label={say(x.extension)}
                value={row.extension}
                placeholder={say(x.extension)}
                onChange={(event) => put({ extension: event.target.value })}
              />
              <select
                className="input"
                aria-label={say(x.person)}
                value={row.personId}
                onChange={(event) => put({ personId: event.target.value })}
              >
                <option value="">{say(x.choose)}</option>
                {people.map((one) => (
                  <option key={one.id} value={one.id}>
                    {one.unit ? `${one.name} · ${one.unit.name}` : one.name}
                  </option>
                ))}
              </select>
            </>
          )}
        </ExchangeRows>
        <div className="connect-fields">
          {FIGURES.map(([key, label]) => (
            <TextField
              key={key}
              label={label}
              type="number"
              required
              value={figures[key]}
              onChange={(value) => setFigures({ ...figures, [key]: value })}
              fault={faults[key]}
            />
          ))}
        </div>
        <label className="field">
          <span className="label">{say(x.recordings)}</span>
          <textarea
            className="input"
            rows={2}
            value={recordings}
            aria-invalid={faults.recordings !== undefined}
            onChange={(event) => setRecordings(event.target.value)}
          />
          <span className="hint">{say(x.recordingsHint)}</span>
        </label>
        <Refused error={error} />
        <button type="submit" className="btn main" disabled={add.isPending || change.isPending || name.trim() === ''}>
          {say(x.save)}
        </button>
      </form>
    </Dialog>
  );
}
