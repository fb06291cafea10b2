import type { Story } from '../../test/support/story.ts';
import { duties, emergency, head, safety } from './golden.ts';

const POLICE = 'reportPolice';

/** Several people vomit: with the police untold and a sealed item in the house it stays open; in the end it is closed. */
export function breach(): Story[] {
  const story = emergency();
  const does = (step: string): void => {
    const values = duties.find(([name]) => name === step)?.[1] ?? {};
    story.take(step === 'resumeSupply' ? head : safety, step, values);
  };
  for (const [step] of duties) if (step !== POLICE) does(step);
  const item = story.opened('custody');
  item.refused(safety, 'dispose', { disposal: '销毁' });
  story.refused(head, 'close', { conclusion: '关闭' });
  story.until('2026-03-02 13:40');
  does(POLICE);
  story.refused(head, 'close', { conclusion: '关闭' });
  item.until('2026-03-02 14:00').take(safety, 'handOver', {
    receivedBy: '卫生局 李某',
    signature: item.signature('transfer', '李某'),
  });
  item.take(safety, 'dispose', { disposal: '卫生部门留置检验' }).report();
  story.take(head, 'close', { conclusion: '应急结束' });
  return [story, item];
}
