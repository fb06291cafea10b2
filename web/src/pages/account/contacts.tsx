import { type FormEvent, useState } from 'react';
import { useOrderProof, useProveContact, useRemoveContact } from '../../api/account.ts';
import type { AccountView } from '../../api/contract.ts';
import { faultsOf, Refused } from '../../kit/refused.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { useSpeech } from '../../words/lang.tsx';
import { useProved, wantsProof } from './prove.tsx';
import { w } from './words.ts';

/** The address that sign-in codes go to. */
export function Contacts({ account }: { account: AccountView }) {
  const { say } = useSpeech();
  const [contact, setContact] = useState('');
  const [code, setCode] = useState('');
  const order = useOrderProof();
  const prove = useProveContact();
  const remove = useRemoveContact();
  const proved = useProved();
  const send = (event?: FormEvent) => {
    event?.preventDefault();
    order.mutate({ way: 'email', contact }, { onError: proved.run(send) });
  };
  const takeAway = (way: string) => remove.mutate(way, { onError: proved.run(() => takeAway(way)) });
  const finish = (event: FormEvent) => {
    event.preventDefault();
    if (order.data)
      prove.mutate(
        { step: order.data.step, code },
        {
          onSuccess: () => {
            order.reset();
            setCode('');
          },
        },
      );
  };
  const sends = account.codeWays.includes('email');
  return (
    <section className="card stack">
      <h2>{say(w.contacts)}</h2>
      <p className="muted small">
        {say(sends ? w.contactsWhy : w.noMail)} {!account.codeWays.includes('sms') && say(w.noSms)}
      </p>
      <ul className="account-list">
        {account.contacts.map((one) => (
          <li key={one.way}>
            <span>{one.contact}</span>
            <button type="button" className="btn tight" onClick={() => takeAway(one.way)}>
              {say(w.remove)}
            </button>
          </li>
        ))}
      </ul>
      {sends && !order.data && (
        <form className="stack" onSubmit={send}>
          <TextField
            label={w.email}
            type="email"
            complete="email"
            required
            value={contact}
            onChange={setContact}
            fault={faultsOf(order.error).contact}
          />
          <div className="row">
            <button type="submit" className="btn" disabled={order.isPending}>
              {say(w.sendCode)}
            </button>
          </div>
        </form>
      )}
      {order.data && (
        <form className="stack" onSubmit={finish}>
          <TextField
            label={w.code}
            complete="one-time-code"
            required
            value={code}
            onChange={setCode}
            fault={faultsOf(prove.error).code}
          />
          <div className="row">
            <button type="submit" className="btn main" disabled={prove.isPending}>
              {say(w.confirm)}
            </button>
          </div>
        </form>
      )}
      {!faultsOf(order.error).contact && !wantsProof(order.error) && <Refused error={order.error} />}
      {!faultsOf(prove.error).code && <Refused error={prove.error} />}
      {!wantsProof(remove.error) && <Refused error={remove.error} />}
      {proved.dialog}
    </section>
  );
}
