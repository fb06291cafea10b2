import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { ask } from './client.ts';
import type { ExplanationView, PowerView } from './contract.ts';

/** What may be asked about: somebody (myself when absent), an act, and the case it is about. */
export interface PowerQuestion {
  person?: string | undefined;
  case?: string | undefined;
  action?: string | undefined;
}

export const powersQuery = queryOptions({ queryKey: ['powers'], queryFn: () => ask<PowerView[]>('/powers') });

/** Every condition of an act with its verdict. */
export const explanationQuery = (question: PowerQuestion & { action: string }) =>
  queryOptions({
    queryKey: ['powers', 'explanation', question],
    queryFn: () => {
      const asked = new URLSearchParams({ action: question.action });
      if (question.person) asked.set('person', question.person);
      if (question.case) asked.set('case', question.case);
      return ask<ExplanationView>(`/powers/explanation?${asked}`);
    },
    placeholderData: keepPreviousData,
    retry: false,
  });
