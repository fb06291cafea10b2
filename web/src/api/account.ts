import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { ask } from './client.ts';
import type { AccountEventView, AccountView, KeyBody, KeyView, RulesView, StepView } from './contract.ts';
import { sessionQuery } from './session.ts';

/** One's own account: what secures it and where one is signed in. */
export const accountQuery = queryOptions({ queryKey: ['account'], queryFn: () => ask<AccountView>('/account') });

/** One change of the account; what it answers and what the session says is asked for anew. */
function useChange<Wish, Said>(send: (wish: Wish) => Promise<Said>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSuccess: () => Promise.all([client.invalidateQueries(accountQuery), client.invalidateQueries(sessionQuery)]),
  });
}

export const useProof = () =>
  useMutation({
    mutationFn: (password: string) => ask<void>('/account/proof', { method: 'POST', body: { password } }),
  });
export const useSeen = () => useChange(() => ask<void>('/account/seen', { method: 'POST', body: {} }));
export const useBeginTotp = () =>
  useMutation({ mutationFn: () => ask<{ uri: string; secret: string }>('/account/totp', { method: 'POST' }) });
/** The session is asked for anew only when the recovery codes were put away: the page must not change under them. */
export const useConfirmTotp = () =>
  useMutation({
    mutationFn: (code: string) => ask<{ recoveryCodes: string[] }>('/account/totp', { method: 'PUT', body: { code } }),
  });
export const useRemoveTotp = () => useChange(() => ask<AccountView>('/account/totp', { method: 'DELETE' }));
export const useRenewRecovery = () =>
  useMutation({ mutationFn: () => ask<{ recoveryCodes: string[] }>('/account/recovery-codes', { method: 'POST' }) });
/** Adds a passkey; the browser's own dialog stands between question and answer. */
export const useAddPasskey = () =>
  useChange(async (label: string) => {
    const { startRegistration } = await import('@simplewebauthn/browser');
    const asked = await ask<{ step: string; options: never }>('/account/passkeys/question', { method: 'POST' });
    const response = await startRegistration({ optionsJSON: asked.options });
    return ask<AccountView>('/account/passkeys', { method: 'POST', body: { step: asked.step, response, label } });
  });
export const useRemovePasskey = () =>
  useChange((key: string) => ask<AccountView>(`/account/passkeys/${encodeURIComponent(key)}`, { method: 'DELETE' }));
export const useOrderProof = () =>
  useMutation({
    mutationFn: (body: { way: 'email' | 'sms'; contact: string }) =>
      ask<StepView>('/account/contacts', { method: 'POST', body }),
  });
export const useProveContact = () =>
  useChange((body: { step: string; code: string }) =>
    ask<AccountView>('/account/contacts/proof', { method: 'POST', body }),
  );
export const useRemoveContact = () =>
  useChange((way: string) => ask<AccountView>(`/account/contacts/${way}`, { method: 'DELETE' }));
/** Ends one session, or with null every other one. */
export const useEndSession = () =>
  useChange((id: string | null) =>
    ask<AccountView>(`/account/sessions${id === null ? '' : `/${id}`}`, { method: 'DELETE' }),
  );

export const keysQuery = queryOptions({ queryKey: ['keys'], queryFn: () => ask<KeyView[]>('/keys') });
export const rulesQuery = queryOptions({
  queryKey: ['account-rules'],
  queryFn: () => ask<RulesView>('/account-rules'),
});
export const eventsQuery = queryOptions({
  queryKey: ['account-events'],
  queryFn: () => ask<AccountEventView[]>('/account-events'),
});

function useKeyChange<Wish, Said>(send: (wish: Wish) => Promise<Said>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSuccess: () =>
      Promise.all(
        [keysQuery, rulesQuery, eventsQuery, sessionQuery].map(({ queryKey }) =>
          client.invalidateQueries({ queryKey: [...queryKey] }),
        ),
      ),
  });
}
interface MadeKey {
  key: string;
  id: string;
}
export const useMakeKey = () => useKeyChange((body: KeyBody) => ask<MadeKey>('/keys', { method: 'POST', body }));
export const useRotateKey = () =>
  useKeyChange((id: string) => ask<MadeKey>(`/keys/${id}/rotation`, { method: 'POST', body: { graceHours: 24 } }));
export const useRevokeKey = () => useKeyChange((id: string) => ask<KeyView[]>(`/keys/${id}`, { method: 'DELETE' }));
export const useSetRules = () =>
  useKeyChange((body: RulesView) => ask<RulesView>('/account-rules', { method: 'PUT', body }));
