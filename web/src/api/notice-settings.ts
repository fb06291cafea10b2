import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { ask } from './client.ts';
import type {
  DeadLetterView,
  NoticeChoiceBody,
  NoticeHistoryView,
  NoticeRulesBody,
  NoticeSettingsView,
} from './contract.ts';

/** How the company tells people, and what I chose. */
export const noticeSettingsQuery = queryOptions({
  queryKey: ['notice-settings'],
  queryFn: () => ask<NoticeSettingsView>('/notice-settings'),
});

function useChange<Wish>(send: (wish: Wish) => Promise<void>, queryKey: readonly string[]) {
  const client = useQueryClient();
  return useMutation({ mutationFn: send, onSuccess: () => client.invalidateQueries({ queryKey }) });
}

export const useChooseNotices = () =>
  useChange(
    (body: NoticeChoiceBody) => ask<void>('/notice-settings/choice', { method: 'PUT', body }),
    noticeSettingsQuery.queryKey,
  );
export const useRuleNotices = () =>
  useChange(
    (body: NoticeRulesBody) => ask<void>('/notice-settings/rules', { method: 'PUT', body }),
    noticeSettingsQuery.queryKey,
  );

/** Who was told what about a case. */
export const toldQuery = (caseId: string) =>
  queryOptions({
    queryKey: ['case', caseId, 'notices'],
    queryFn: async () => (await ask<{ items: NoticeHistoryView[] }>(`/cases/${caseId}/notices`)).items,
  });

/** What arrived by no way. */
export const undeliveredQuery = queryOptions({
  queryKey: ['undelivered'],
  queryFn: async () => (await ask<{ items: NoticeHistoryView[] }>('/undelivered-notices')).items,
});

/** What could not be registered or delivered by itself, of every channel. */
export const deadLettersQuery = queryOptions({
  queryKey: ['dead-letters'],
  queryFn: async () => (await ask<{ items: DeadLetterView[] }>('/dead-letters')).items,
});

export const useSendAgain = () =>
  useChange(
    ({ caseId, seq }: { caseId: string; seq: number }) =>
      ask<void>(`/cases/${caseId}/notices/${seq}/sending`, { method: 'POST' }),
    undeliveredQuery.queryKey,
  );
export const useTryAgain = () =>
  useChange(
    ({ channel, direction, key }: Pick<DeadLetterView, 'channel' | 'direction' | 'key'>) =>
      ask<void>('/dead-letters/again', { method: 'POST', body: { channel, direction, key } }),
    deadLettersQuery.queryKey,
  );
export const useSettleLetter = () =>
  useChange(
    ({ channel, direction, key, note }: Pick<DeadLetterView, 'channel' | 'direction' | 'key'> & { note: string }) =>
      ask<void>('/dead-letters/settled', { method: 'POST', body: { channel, direction, key, note } }),
    deadLettersQuery.queryKey,
  );
