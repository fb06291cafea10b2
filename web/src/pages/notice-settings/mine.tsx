import { type FormEvent, type ReactNode, useState } from 'react';
import type { NoticeSettingsView } from '../../api/contract.ts';
import { useChooseNotices } from '../../api/notice-settings.ts';
import { Refused } from '../../kit/refused.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { useSpeech } from '../../words/lang.tsx';
import { WayOrder } from './order.tsx';
import { orderOf } from './order-of.ts';
import { w } from './words.ts';

type Say = ReturnType<typeof useSpeech>['say'];

/** Three choices: when not, what together, by which way first. */
export function Mine({ settings: { choice, rules, ways } }: { settings: NoticeSettingsView }) {
  const { say } = useSpeech();
  const [quiet, setQuiet] = useState(choice.quiet);
  const [hours, setHours] = useState(choice.quietHours ?? rules.quiet ?? { from: '22:00', to: '07:00' });
  const [together, setTogether] = useState(choice.together);
  const [minutes, setMinutes] = useState(String(choice.togetherMinutes ?? (rules.togetherMinutes || 15)));
  const [own, setOwn] = useState(choice.ways !== null);
  const [order, setOrder] = useState(orderOf(choice.ways ?? rules.ways, ways));
  const choose = useChooseNotices();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    choose.mutate({
      quiet,
      quietHours: quiet === 'own' ? hours : null,
      together,
      togetherMinutes: together === 'own' ? Number(minutes) : null,
      ways: own ? order : null,
    });
  };
  return (
    <form className="card stack" onSubmit={submit}>
      <Choice
        title={say(w.quiet)}
        name="quiet"
        value={quiet}
        onChange={(value) => setQuiet(value)}
        options={[
          ['company', say(w.quietCompany, { hours: hoursOf(rules, say) })],
          ['own', say(w.quietOwn)],
          ['never', say(w.quietNever)],
        ]}
      >
        {quiet === 'own' && (
          <div className="form-grid">
            <TextField
              label={w.from}
              type="time"
              required
              value={hours.from}
              onChange={(from) => setHours({ ...hours, from })}
            />
            <TextField
              label={w.to}
              type="time"
              required
              value={hours.to}
              onChange={(to) => setHours({ ...hours, to })}
            />
          </div>
        )}
      </Choice>
      <Choice
        title={say(w.together)}
        name="together"
        value={together}
        onChange={(value) => setTogether(value)}
        options={[
          [
            'company',
            say(w.togetherCompany, {
              how: rules.togetherMinutes ? say(w.everyMinutes, { n: rules.togetherMinutes }) : say(w.oneByOne),
            }),
          ],
          ['own', say(w.togetherOwn)],
          ['never', say(w.togetherNever)],
        ]}
      >
        {together === 'own' && (
          <TextField label={w.minutes} type="number" required value={minutes} onChange={setMinutes} />
        )}
      </Choice>
      <Choice
        title={say(w.ways)}
        name="ways"
        value={own ? 'own' : 'company'}
        onChange={(value) => setOwn(value === 'own')}
        options={[
          ['company', say(w.waysCompany)],
          ['own', say(w.waysOwn)],
        ]}
      >
        <p className="muted small">{say(ways.length === 0 ? w.noWays : w.waysWhy)}</p>
        {own && <WayOrder ways={order} onChange={setOrder} />}
      </Choice>
      <Refused error={choose.error} />
      <div className="row">
        <button type="submit" className="btn main" disabled={choose.isPending}>
          {say(w.save)}
        </button>
        {choose.isSuccess && <span role="status">{say(w.saved)}</span>}
      </div>
    </form>
  );
}

const hoursOf = ({ quiet }: NoticeSettingsView['rules'], say: Say): string =>
  quiet === null ? say(w.noQuiet) : `${quiet.from}–${quiet.to}`;

function Choice<const T extends string>({
  title,
  name,
  value,
  options,
  onChange,
  children,
}: {
  title: string;
  name: string;
  value: T;
  options: readonly (readonly [T, string])[];
  onChange: (value: T) => void;
  children: ReactNode;
}) {
  return (
    <fieldset className="field">
      <legend className="label">{title}</legend>
      <div className="pick">
        {options.map(([key, words]) => (
          <label key={key}>
            <input type="radio" name={name} checked={value === key} onChange={() => onChange(key)} />
            {words}
          </label>
        ))}
      </div>
      {children}
    </fieldset>
  );
}
