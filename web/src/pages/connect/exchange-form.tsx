import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ask } from '../../api/client.ts';
import type { PremisesView } from '../../api/contract.ts';
import { peopleQuery } from '../../api/directory.ts';
import { addExchange, changeExchange, type ExchangeView, useExchangeChange } from '../../api/exchanges.ts';
import { Dialog } from '../../kit/dialog.tsx';
import { Icon } from '../../kit/icons.tsx';
import { faultsOf, Refused } from '../../kit/refused.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { useSpeech } from '../../words/lang.tsx';
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
  const put = <T,>(rows: readonly T[], at: number, part: Partial<T>): T[] =>
    rows.map((row, i) => (i === at ? { ...row, ...part } : row));
  const without = <T,>(rows: readonly T[], at: number): T[] => rows.filter((_, i) => i !== at);
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
        <fieldset className="field">
          <legend className="label">{say(x.numbers)}</legend>
          {numbers.map((row, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a row that is being typed has no other name than its place
            <div className="connect-row" key={i}>
              <input
                className="input"
                aria-label={say(x.number)}
                inputMode="tel"
                value={row.number}
                placeholder={say(x.number)}
                onChange={(event) => setNumbers(put(numbers, i, { number: event.target.value }))}
              />
              <select
                className="input"
                aria-label={say(x.estate)}
                value={row.estateId ?? ''}
                onChange={(event) => setNumbers(put(numbers, i, { estateId: event.target.value || null }))}
              >
                <option value="">{say(x.whole)}</option>
                {estates.map((one) => (
                  <option key={one.id} value={one.id}>
                    {one.fullName}
                  </option>
                ))}
              </select>
              <button
                type="button"
                className="btn plain icon"
                aria-label={say(x.remove)}
                onClick={() => setNumbers(without(numbers, i))}
              >
                <Icon name="cross" size={16} />
              </button>
            </div>
          ))}
          <button
            type="button"
            className="btn tight"
            onClick={() => setNumbers([...numbers, { number: '', estateId: null }])}
          >
            {say(x.addNumber)}
          </button>
        </fieldset>
        <fieldset className="field">
          <legend className="label">{say(x.seats)}</legend>
          <span className="hint">{say(x.seatsHint)}</span>
          {seats.map((row, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: as above
            <div className="connect-row" key={i}>
              <input
                className="input"
                aria-label={say(x.extension)}
                value={row.extension}
                placeholder={say(x.extension)}
                onChange={(event) => setSeats(put(seats, i, { extension: event.target.value }))}
              />
              <select
                className="input"
                aria-label={say(x.person)}
                value={row.personId}
                onChange={(event) => setSeats(put(seats, i, { personId: event.target.value }))}
              >
                <option value="">{say(x.choose)}</option>
                {people.map((one) => (
                  <option key={one.id} value={one.id}>
                    {one.unit ? `${one.name} · ${one.unit.name}` : one.name}
                  </option>
                ))}
              </select>
              <button
                type="button"
                className="btn plain icon"
                aria-label={say(x.remove)}
                onClick={() => setSeats(without(seats, i))}
              >
                <Icon name="cross" size={16} />
              </button>
            </div>
          ))}
          <button
            type="button"
            className="btn tight"
            onClick={() => setSeats([...seats, { extension: '', personId: '' }])}
          >
            {say(x.addSeat)}
          </button>
        </fieldset>
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
