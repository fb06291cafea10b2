import { type FormEvent, useState } from 'react';
import type { NoticeSettingsView } from '../../api/contract.ts';
import { useRuleNotices } from '../../api/notice-settings.ts';
import { Refused } from '../../kit/refused.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { useSpeech } from '../../words/lang.tsx';
import { WayOrder } from './order.tsx';
import { orderOf } from './order-of.ts';
import { w } from './words.ts';

/** How the company tells whoever has chosen nothing, and every owner. */
export function CompanyRules({ settings: { rules, ways } }: { settings: NoticeSettingsView }) {
  const { say } = useSpeech();
  const [night, setNight] = useState(rules.quiet !== null);
  const [hours, setHours] = useState(rules.quiet ?? { from: '22:00', to: '07:00' });
  const [together, setTogether] = useState(String(rules.togetherMinutes));
  const [unread, setUnread] = useState(String(rules.unreadMinutes));
  const [order, setOrder] = useState(orderOf(rules.ways, ways));
  const rule = useRuleNotices();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    rule.mutate({
      quiet: night ? hours : null,
      togetherMinutes: Number(together),
      unreadMinutes: Number(unread),
      ways: order,
    });
  };
  return (
    <form className="card stack" onSubmit={submit}>
      <h2>{say(w.company)}</h2>
      <p className="muted small">{say(w.companyWhy)}</p>
      <div className="pick">
        <label>
          <input type="checkbox" checked={night} onChange={({ target }) => setNight(target.checked)} />
          {say(w.companyQuiet)}
        </label>
      </div>
      {night && (
        <div className="form-grid">
          <TextField
            label={w.from}
            type="time"
            required
            value={hours.from}
            onChange={(from) => setHours({ ...hours, from })}
          />
          <TextField label={w.to} type="time" required value={hours.to} onChange={(to) => setHours({ ...hours, to })} />
        </div>
      )}
      <TextField label={w.companyTogether} type="number" required value={together} onChange={setTogether} />
      <TextField label={w.companyUnread} type="number" required value={unread} onChange={setUnread} />
      <fieldset className="field">
        <legend className="label">{say(w.ways)}</legend>
        <p className="muted small">{say(ways.length === 0 ? w.noWays : w.waysWhy)}</p>
        <WayOrder ways={order} onChange={setOrder} />
      </fieldset>
      <Refused error={rule.error} />
      <div className="row">
        <button type="submit" className="btn main" disabled={rule.isPending}>
          {say(w.save)}
        </button>
        {rule.isSuccess && <span role="status">{say(w.saved)}</span>}
      </div>
    </form>
  );
}
