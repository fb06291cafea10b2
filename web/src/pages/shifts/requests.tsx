import type { StaffingView } from '../../api/contract.ts';
import { useStaffing } from '../../api/staffing.ts';
import { Refused } from '../../kit/refused.tsx';
import { useSpeech } from '../../words/lang.tsx';
import { w } from './words.ts';

/** What waits for the viewer's word, and certificates about to end. */
export function Requests({ staffing }: { staffing: StaffingView }) {
  const { say } = useSpeech();
  const decide = useStaffing();
  const name = (id: string) => staffing.people.find((one) => one.id === id)?.name ?? '';
  const skill = (code: string) => {
    const found = staffing.skills.find((one) => one.code === code);
    return found ? say(found.title) : code;
  };
  const waiting = [
    ...staffing.leave
      .filter((one) => one.mayDecide)
      .map((one) => ({
        id: one.id,
        words: `${name(one.personId)} ${say(w[one.kind])} ${one.from.slice(0, 16).replace('T', ' ')} → ${one.to.slice(0, 16).replace('T', ' ')}${one.reason === '' ? '' : ` · ${one.reason}`}`,
        say: (yes: boolean) => decide.mutate({ type: 'decideLeave', id: one.id, granted: yes }),
      })),
    ...staffing.swaps
      .filter((one) => one.mayDecide)
      .map((one) => ({
        id: one.id,
        words: say(w.swapOf, { giver: name(one.giverId), taker: name(one.takerId), on: one.on }),
        say: (yes: boolean) => decide.mutate({ type: 'decideSwap', id: one.id, agreed: yes }),
      })),
  ];
  return (
    <>
      {(waiting.length > 0 || decide.error !== null) && (
        <section className="card stack shifts-why">
          <h2>{say(w.requests)}</h2>
          <Refused error={decide.error} />
          <ul className="shifts-waiting">
            {waiting.map((one) => (
              <li key={one.id}>
                <span>{one.words}</span>
                <button type="button" className="btn tight" disabled={decide.isPending} onClick={() => one.say(true)}>
                  {say(w.grant)}
                </button>
                <button type="button" className="btn tight" disabled={decide.isPending} onClick={() => one.say(false)}>
                  {say(w.decline)}
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
      {staffing.expiring.length > 0 && (
        <section className="card stack shifts-why">
          <h2>{say(w.expiring)}</h2>
          <ul>
            {staffing.expiring.map((one) => (
              <li key={`${one.personId} ${one.skill} ${one.expiresOn}`}>
                {say(one.daysLeft < 0 ? w.ended : w.ends, {
                  name: name(one.personId),
                  skill: skill(one.skill),
                  date: one.expiresOn,
                  n: one.daysLeft,
                })}
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
