import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import type { PoolClient } from 'pg';
import { toTimestamp } from '#db/pool.ts';
import type { Instant } from '#kernel/instant.ts';
import { refusal } from '#kernel/refusal.ts';
import { accept, type Result, refuse } from '#kernel/result.ts';
import { text } from '#kernel/text.ts';
import { type Db, within } from '../within.ts';
import { noteEvent } from './account-event.ts';
import type { Origin } from './device.ts';
import { activePerson, admit, type Entrance, stepOver } from './enter.ts';
import { giveBack, locked, type Subject, takeAttempt } from './guard.ts';
import { newStep, tryStep, useUp } from './step.ts';

/** The address passkeys are bound to: its host name, and what a browser calls the origin. */
export interface Place {
  host: string;
  origin: string;
}

/** One of a person's passkeys. */
export interface Passkey {
  id: string;
  label: string;
  madeAt: Instant;
  usedAt: Instant | null;
}

// Ed25519, ES256, RS256. Left to the library it also asks Node for one that Node calls experimental, and warns of.
const ALGORITHMS = [-8, -7, -257];

const unfit = refusal(
  'passkey.unfit',
  text('通行密钥未通过验证，请重试', 'The passkey could not be verified; please try again'),
);

/** The question for a new passkey, to be answered within ten minutes. The device asks for finger, face or PIN. */
export async function askNewPasskey(
  db: Db,
  who: { tenant: string; personId: string; name: string; username: string; company: string },
  place: Place,
  now: Instant,
): Promise<{ step: string; options: PublicKeyCredentialCreationOptionsJSON }> {
  const { tenant, personId } = who;
  return within(db, tenant, async (client) => {
    const there = await client.query<{ id: string }>(
      'select credential_id as id from huiyin.passkey where tenant_id = $1 and person_id = $2',
      [tenant, personId],
    );
    const options = await generateRegistrationOptions({
      rpName: who.company,
      rpID: place.host,
      userName: who.username,
      userDisplayName: who.name,
      userID: new TextEncoder().encode(personId),
      excludeCredentials: there.rows,
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      supportedAlgorithmIDs: ALGORITHMS,
    });
    const step = await newStep(client, tenant, { purpose: 'addPasskey', personId, answer: options.challenge }, now);
    return { step: step.token, options };
  });
}

/** Keeps a new passkey. Refuses with signIn.stepOver or passkey.unfit. */
export async function addPasskey(
  db: Db,
  who: { tenant: string; personId: string },
  wish: { step: string; response: RegistrationResponseJSON; label: string },
  place: Place,
  origin: Origin,
): Promise<Result<null>> {
  const now = origin.now ?? Date.now();
  const step = await tryStep(db, wish.step, ['addPasskey'], now);
  if (!step || step.personId !== who.personId || step.tenant !== who.tenant) return refuse(stepOver);
  const verified = await verifyRegistrationResponse({
    response: wish.response,
    expectedChallenge: step.answer ?? '',
    expectedOrigin: place.origin,
    expectedRPID: place.host,
    supportedAlgorithmIDs: ALGORITHMS,
  }).catch(() => ({ verified: false as const }));
  if (!verified.verified) return refuse(unfit);
  const { credential } = verified.registrationInfo;
  return within(db, who.tenant, async (client): Promise<Result<null>> => {
    if (!(await useUp(client, step, now))) return refuse(stepOver);
    const made = await client.query(
      `insert into huiyin.passkey (tenant_id, credential_id, person_id, public_key, counter, transports, label, made_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing`,
      [
        who.tenant,
        credential.id,
        who.personId,
        Buffer.from(credential.publicKey),
        credential.counter,
        credential.transports ?? [],
        wish.label,
        toTimestamp(now),
      ],
    );
    if (made.rowCount !== 1) return refuse(unfit);
    const { address, device = '' } = origin;
    const { personId } = who;
    await noteEvent(client, who.tenant, { personId, kind: 'passkeyAdded', detail: wish.label, address, device }, now);
    return accept(null);
  });
}

/** The question for signing in by any passkey of this address; nobody has to say who he is. */
export async function askPasskey(
  db: Db,
  tenant: string,
  place: Place,
  now: Instant,
): Promise<{ step: string; options: PublicKeyCredentialRequestOptionsJSON }> {
  const options = await generateAuthenticationOptions({ rpID: place.host, userVerification: 'required' });
  return within(db, tenant, async (client) => {
    const step = await newStep(client, tenant, { purpose: 'signInPasskey', answer: options.challenge }, now);
    return { step: step.token, options };
  });
}

/** Signs in by a passkey: possession and finger, face or PIN in one, so no second factor follows. Refuses with signIn.stepOver, signIn.locked or passkey.unfit. */
export async function enterByPasskey(
  db: Db,
  wish: { step: string; response: AuthenticationResponseJSON },
  place: Place,
  origin: Origin,
): Promise<Result<Entrance>> {
  const now = origin.now ?? Date.now();
  const step = await tryStep(db, wish.step, ['signInPasskey'], now);
  if (!step) return refuse(stepOver);
  const { tenant } = step;
  const address: Subject = `address:${origin.address}`;
  const found = await within(db, tenant, async (client) => {
    const shut = await takeAttempt(client, tenant, [address], now);
    return { shut, key: await passkeyById(client, tenant, wish.response.id) };
  });
  if (found.shut) return refuse(locked(found.shut, now));
  const { key } = found;
  if (!key) return refuse(unfit);
  const verified = await verifyAuthenticationResponse({
    response: wish.response,
    expectedChallenge: step.answer ?? '',
    expectedOrigin: place.origin,
    expectedRPID: place.host,
    credential: { id: wish.response.id, publicKey: Uint8Array.from(key.publicKey), counter: key.counter },
  }).catch(() => null);
  if (!verified?.verified) return refuse(unfit);
  return within(db, tenant, async (client): Promise<Result<Entrance>> => {
    if (!(await useUp(client, step, now))) return refuse(stepOver);
    await giveBack(client, tenant, address);
    await client.query(
      'update huiyin.passkey set counter = $3, used_at = $4 where tenant_id = $1 and credential_id = $2',
      [tenant, wish.response.id, verified.authenticationInfo.newCounter, toTimestamp(now)],
    );
    const person = await activePerson(client, tenant, key.personId);
    return person ? accept(await admit(client, tenant, person, origin, 'passkey')) : refuse(unfit);
  });
}

async function passkeyById(
  client: PoolClient,
  tenant: string,
  id: string,
): Promise<{ personId: string; publicKey: Buffer; counter: number } | null> {
  const found = await client.query<{ personId: string; publicKey: Buffer; counter: number }>(
    `select person_id as "personId", public_key as "publicKey", counter from huiyin.passkey
      where tenant_id = $1 and credential_id = $2`,
    [tenant, id],
  );
  return found.rows[0] ?? null;
}

/** A person's passkeys, oldest first. */
export async function passkeysOf(db: Db, tenant: string, personId: string): Promise<Passkey[]> {
  return within(db, tenant, async (client) => {
    const found = await client.query<Passkey>(
      `select credential_id as id, label, made_at as "madeAt", used_at as "usedAt" from huiyin.passkey
        where tenant_id = $1 and person_id = $2 order by made_at, credential_id`,
      [tenant, personId],
    );
    return found.rows;
  });
}

/** Takes one passkey away, or all of a person's. Answers how many. */
export async function removePasskeys(
  client: PoolClient,
  tenant: string,
  personId: string,
  id: string | null,
): Promise<number> {
  const gone = await client.query(
    'delete from huiyin.passkey where tenant_id = $1 and person_id = $2 and ($3::text is null or credential_id = $3)',
    [tenant, personId, id],
  );
  return gone.rowCount ?? 0;
}
