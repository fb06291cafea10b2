import { fill, type Text } from '@room/kernel/text.ts';
import { type FormEvent, useState } from 'react';
import type { StaffingView } from '../../api/contract.ts';
import { useStaffing } from '../../api/staffing.ts';
import { faultsOf, Refused } from '../../kit/refused.tsx';
import { SelectField } from '../../kit/select-field.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { join } from '../../words/join.ts';
import { type Say, useSpeech } from '../../words/lang.tsx';
import { fenOf, missing } from './faults.ts';
import { w } from './words.ts';

interface Props {
  decisions: StaffingView['decisions'];
  /** Whose limit it is: one person's, or one of these posts'. */
  whose: { personId: string } | { posts: readonly { code: string; title: string }[] };
  postLabel?: { zh: string; en: string };
}

/** Sets up to what sum somebody, or whoever holds a post, decides. */
export function LimitForm({ decisions, whose, postLabel }: Props) {
  const { say } = useSpeech();
  const set = useStaffing();
  const [decision, setDecision] = useState(decisions[0]?.code ?? '');
  const [post, setPost] = useState('');
  const [amount, setAmount] = useState('');
  const [any, setAny] = useState(false);
  const [own, setOwn] = useState<ReturnType<typeof missing>>({});
  const faults = { ...faultsOf(set.error), ...own };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const fen = any ? null : fenOf(amount);
    const empty = {
      ...missing({ decision, ...('posts' in whose ? { post } : {}) }, ['decision', 'post']),
      ...(!any && fen === null ? { upToFen: w.amountFault } : {}),
    };
    setOwn(empty);
    if (Object.keys(empty).length > 0 || set.isPending) return;
    set.mutate(
      { type: 'setLimit', decision, upToFen: fen, ...('posts' in whose ? { post } : { personId: whose.personId }) },
      { onSuccess: () => setAmount('') },
    );
  };
  return (
    <form className="person-form" noValidate onSubmit={submit}>
      {'posts' in whose && (
        <SelectField
          label={postLabel ?? w.choose}
          required
          none="—"
          value={post}
          options={whose.posts.map(({ code, title }) => ({ value: code, label: title }))}
          onChange={setPost}
          fault={faults.post}
        />
      )}
      <SelectField
        label={w.decision}
        required
        value={decision}
        options={decisions.map((one) => ({ value: one.code, label: say(one.title) }))}
        onChange={setDecision}
        fault={faults.decision}
        hint={askedBy(decisions, decision, say)}
      />
      {!any && <TextField label={w.amount} required value={amount} onChange={setAmount} fault={faults.upToFen} />}
      <div className="pick wide">
        <label>
          <input type="checkbox" checked={any} onChange={({ target }) => setAny(target.checked)} />
          {say(w.anySum)}
        </label>
      </div>
      {Object.keys(faults).length === 0 && <Refused error={set.error} />}
      <div className="row">
        <button type="submit" className="btn main" disabled={set.isPending}>
          {say(w.add)}
        </button>
      </div>
    </form>
  );
}

/** Which procedures in force a kind of sum matters to, or that none does yet. */
export function askedBy(decisions: StaffingView['decisions'], code: string, say: Say): Text {
  const procedures = decisions.find((one) => one.code === code)?.askedBy ?? [];
  if (procedures.length === 0) return w.notAsked;
  const names = join(
    procedures.map((one) => say(one)),
    say,
  );
  return fill(w.askedBy, { procedures: names });
}

/** A sum as people read it. */
export const sayLimit = (upToFen: number | null, say: Say): string =>
  upToFen === null ? say(w.anySum) : say(w.upTo, { n: (upToFen / 100).toLocaleString('zh-CN') });
