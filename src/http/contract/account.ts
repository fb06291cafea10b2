import { z } from 'zod';
import { endpoint, momentSchema } from './common.ts';
import { sessionView } from './session.ts';
import { accountEventSchema, stepView, codeWay as way } from './step.ts';

const token = z.string().min(10).max(128);
const code = z.string().min(4).max(40);

/** A device's answer to a passkey question, as browsers give it. */
const credential = {
  id: z.string().max(1_400),
  rawId: z.string().max(1_400),
  type: z.literal('public-key'),
  authenticatorAttachment: z.enum(['cross-platform', 'platform']).nullish(),
  clientExtensionResults: z.object({}),
};
const newCredential = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: z.string().max(10_000),
    attestationObject: z.string().max(40_000),
    transports: z.array(z.string().max(20)).max(10).optional(),
  }),
});
const shownCredential = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: z.string().max(10_000),
    authenticatorData: z.string().max(10_000),
    signature: z.string().max(10_000),
    userHandle: z.string().max(200).nullish(),
  }),
});
/** What a browser is to ask of the device; its shape is the WebAuthn standard's. */
const question = z.object({ step: z.string(), options: z.record(z.string(), z.json()) });

export const accountView = z
  .object({
    /** Null: he has no password, as in the demo company. */
    username: z.string().nullable(),
    totp: z.boolean(),
    recoveryLeft: z.int(),
    passkeys: z.array(
      z.object({ id: z.string(), label: z.string(), madeAt: momentSchema, usedAt: momentSchema.nullable() }),
    ),
    contacts: z.array(z.object({ way, contact: z.string(), provedAt: momentSchema })),
    /** Ways a code can be sent by on this installation. */
    codeWays: z.array(way),
    /** The company asks a second factor of one of his posts. */
    factorRequired: z.boolean(),
    sessions: z.array(
      z.object({
        id: z.string(),
        current: z.boolean(),
        device: z.string(),
        address: z.string(),
        way: z.string(),
        begunAt: momentSchema,
        seenAt: momentSchema,
        endsAt: momentSchema,
      }),
    ),
    events: z.array(accountEventSchema),
  })
  .meta({ id: 'Account' });
export type AccountView = z.infer<typeof accountView>;

export const invitationView = z.object({
  company: z.string(),
  name: z.string(),
  username: z.string(),
  expiresAt: momentSchema,
});
export type InvitationView = z.infer<typeof invitationView>;

const entrance = { 201: sessionView, 202: stepView };

export const accountEndpoints = {
  secondFactor: endpoint({
    method: 'POST',
    url: '/api/v1/session/second-factor',
    tag: 'session',
    summary: { zh: '登录第二步：验证器的码或恢复码', en: 'Second step: a code of the app or a recovery code' },
    open: true,
    body: z.strictObject({ step: token, code }),
    answers: entrance,
  }),
  orderCode: endpoint({
    method: 'POST',
    url: '/api/v1/session/code',
    tag: 'session',
    summary: {
      zh: '给已验证的邮箱或手机发登录验证码；有无账号，答复都一样',
      en: 'Send a code to a proved address; the answer is the same whether or not there is an account',
    },
    open: true,
    body: z.strictObject({ account: z.string().min(1).max(254), way, tenant: z.string().max(60).optional() }),
    answers: { 202: stepView },
  }),
  enterCode: endpoint({
    method: 'POST',
    url: '/api/v1/session/code/entry',
    tag: 'session',
    summary: { zh: '凭收到的验证码登录', en: 'Sign in by a code that was sent' },
    open: true,
    body: z.strictObject({ step: token, code }),
    answers: entrance,
  }),
  passkeyQuestion: endpoint({
    method: 'POST',
    url: '/api/v1/session/passkey/question',
    tag: 'session',
    summary: { zh: '用通行密钥登录：取题', en: 'Sign in by passkey: the question' },
    open: true,
    body: z.strictObject({ tenant: z.string().max(60).optional() }),
    answers: { 201: question },
  }),
  enterPasskey: endpoint({
    method: 'POST',
    url: '/api/v1/session/passkey',
    tag: 'session',
    summary: { zh: '用通行密钥登录', en: 'Sign in by passkey' },
    open: true,
    body: z.strictObject({ step: token, response: shownCredential }),
    answers: entrance,
  }),
  readInvitation: endpoint({
    method: 'POST',
    url: '/api/v1/invitations/reading',
    tag: 'session',
    summary: { zh: '邀请码是给谁的', en: 'Whom an invitation is for' },
    open: true,
    body: z.strictObject({ token }),
    answers: { 200: invitationView },
  }),
  acceptInvitation: endpoint({
    method: 'POST',
    url: '/api/v1/invitations/acceptance',
    tag: 'session',
    summary: { zh: '接受邀请，设自己的密码并登录', en: 'Accept an invitation with a password of one’s own' },
    open: true,
    body: z.strictObject({ token, password: z.string().max(400) }),
    answers: entrance,
  }),
  read: endpoint({
    method: 'GET',
    url: '/api/v1/account',
    tag: 'account',
    summary: { zh: '我的账号：验证方式、登录设备、记录', en: 'My account: factors, devices, what happened' },
    early: true,
    answers: { 200: accountView },
  }),
  prove: endpoint({
    method: 'POST',
    url: '/api/v1/account/proof',
    tag: 'account',
    summary: { zh: '再次输入密码，以便改动安全设置', en: 'Show the password again before security is changed' },
    early: true,
    body: z.strictObject({ password: z.string().min(1).max(200) }),
    answers: { 204: null },
  }),
  seen: endpoint({
    method: 'POST',
    url: '/api/v1/account/seen',
    tag: 'account',
    summary: { zh: '提醒已看过', en: 'The alerts were seen' },
    answers: { 204: null },
  }),
  beginTotp: endpoint({
    method: 'POST',
    url: '/api/v1/account/totp',
    tag: 'account',
    summary: { zh: '绑定验证器：取二维码', en: 'Enrol an authenticator app: its address' },
    early: true,
    answers: { 201: z.object({ uri: z.string(), secret: z.string() }) },
  }),
  confirmTotp: endpoint({
    method: 'PUT',
    url: '/api/v1/account/totp',
    tag: 'account',
    summary: {
      zh: '绑定验证器：输入第一个码；恢复码只显示这一次',
      en: 'Confirm it by its first code; recovery codes are told once',
    },
    early: true,
    body: z.strictObject({ code }),
    answers: { 200: z.object({ recoveryCodes: z.array(z.string()) }) },
  }),
  removeTotp: endpoint({
    method: 'DELETE',
    url: '/api/v1/account/totp',
    tag: 'account',
    summary: { zh: '解除验证器', en: 'Remove the authenticator app' },
    answers: { 200: accountView },
  }),
  renewRecovery: endpoint({
    method: 'POST',
    url: '/api/v1/account/recovery-codes',
    tag: 'account',
    summary: { zh: '换一套恢复码', en: 'New recovery codes' },
    answers: { 201: z.object({ recoveryCodes: z.array(z.string()) }) },
  }),
  newPasskeyQuestion: endpoint({
    method: 'POST',
    url: '/api/v1/account/passkeys/question',
    tag: 'account',
    summary: { zh: '添加通行密钥：取题', en: 'Add a passkey: the question' },
    early: true,
    answers: { 201: question },
  }),
  addPasskey: endpoint({
    method: 'POST',
    url: '/api/v1/account/passkeys',
    tag: 'account',
    summary: { zh: '添加通行密钥', en: 'Add a passkey' },
    early: true,
    body: z.strictObject({ step: token, response: newCredential, label: z.string().trim().min(1).max(60) }),
    answers: { 201: accountView },
  }),
  removePasskey: endpoint({
    method: 'DELETE',
    url: '/api/v1/account/passkeys/:key',
    tag: 'account',
    summary: { zh: '删除通行密钥', en: 'Remove a passkey' },
    params: z.strictObject({ key: z.string().max(1_400) }),
    answers: { 200: accountView },
  }),
  orderProof: endpoint({
    method: 'POST',
    url: '/api/v1/account/contacts',
    tag: 'account',
    summary: { zh: '验证自己的邮箱或手机：发码', en: 'Prove one’s address: send a code there' },
    body: z.strictObject({ way, contact: z.string().trim().min(3).max(254) }),
    answers: { 202: stepView },
  }),
  proveContact: endpoint({
    method: 'POST',
    url: '/api/v1/account/contacts/proof',
    tag: 'account',
    summary: { zh: '验证自己的邮箱或手机：输入码', en: 'Prove one’s address by the code' },
    body: z.strictObject({ step: token, code }),
    answers: { 200: accountView },
  }),
  removeContact: endpoint({
    method: 'DELETE',
    url: '/api/v1/account/contacts/:way',
    tag: 'account',
    summary: { zh: '不再用此地址登录', en: 'No longer sign in by this address' },
    params: z.strictObject({ way }),
    answers: { 200: accountView },
  }),
  endSession: endpoint({
    method: 'DELETE',
    url: '/api/v1/account/sessions/:id',
    tag: 'account',
    summary: { zh: '让一台设备退出', en: 'Sign one device out' },
    params: z.strictObject({ id: z.uuid() }),
    answers: { 200: accountView },
  }),
  endOthers: endpoint({
    method: 'DELETE',
    url: '/api/v1/account/sessions',
    tag: 'account',
    summary: { zh: '让其他设备全部退出', en: 'Sign every other device out' },
    answers: { 200: accountView },
  }),
};
