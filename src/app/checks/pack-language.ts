import { text } from '#kernel/text.ts';
import { faultsOfReference } from '../commands/pack/docs.ts';
import type { Check } from './check.ts';

/** Every key of the pack language says what it means, and the page made from that is up to date. */
export const packLanguage: Check = {
  id: 'pack-language',
  name: text('制度包语言参考', 'Reference of the pack language'),
  run: () => {
    const faults = faultsOfReference();
    return Promise.resolve(
      faults.length === 0
        ? { state: 'passed', detail: 'every key is explained' }
        : { state: 'failed', detail: faults.join('\n') },
    );
  },
};
