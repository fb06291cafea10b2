import { MINUTE } from '@room/kernel/instant.ts';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { settleCall } from '../../api/calls.ts';
import { ask, newKey } from '../../api/client.ts';
import type { CaseView, RegisterBody, WireValue, WireValues } from '../../api/contract.ts';
import { Problem } from '../../api/problem.ts';
import { Field } from '../../fields/field.tsx';
import type { Around } from '../../fields/kind.ts';
import { isShown } from '../../fields/rules.ts';
import { Icon } from '../../kit/icons.tsx';
import { scopeOf } from '../../pack/scope.ts';
import { inputMoment } from '../../time/format.ts';
import { now } from '../../time/now.ts';
import { useSpeech } from '../../words/lang.tsx';
import { AlikeBox, NO_TIES } from './alike.tsx';
import { CallerBox } from './caller-box.tsx';
import { type Draft, keepDraft, rememberPack } from './draft.ts';
import { focusFirstFault, focusNext } from './focus.ts';
import { FormEnd } from './form-end.tsx';
import { FormHead } from './form-head.tsx';
import { layout } from './layout.ts';
import { keepLeft, keptLeft, type NextSigner, registerSigners } from './left.ts';
import { MatterPick } from './matter-pick.tsx';
import { carriedOver, channelsOf, type MatterChoice, packsOf } from './matters.ts';
import { PackPick } from './pack-pick.tsx';
import { PaperPart } from './paper-part.tsx';
import { readSigners } from './signers.ts';
import { w } from './words.ts';

interface Props {
  personId: string;
  start: Draft;
  matters: readonly MatterChoice[];
  /** What stands above the fields. */
  aside: ReactNode;
  onClear(): void;
  onDone(seen: CaseView, took: number, joint: readonly CaseView[]): void;
}

const wire = (moment: number): string => `${inputMoment(moment)}:00+08:00`;
/** The call was taken when the form was opened; to the second, because a clock starts there. */
const exact = (moment: number): string => new Date(Math.floor(moment / 1000) * 1000).toISOString();

/** The form itself: fields as the pack's procedure asks for them, the caller first. */
export function Form({ personId, start, matters, aside, onClear, onDone }: Props) {
  const { lang, say } = useSpeech();
  const [draft, setDraft] = useState(start);
  const [ties, setTies] = useState(NO_TIES);
  const [restored] = useState(() => Object.keys(start.values).length > 0);
  const form = useRef<HTMLFormElement>(null);
  const packs = packsOf(matters);
  const pack = packs.find((each) => each.pack === draft.pack) ?? packs[0];
  const offered = matters.filter((each) => each.pack === pack);
  const chosen = offered.find(({ matter }) => matter === draft.matter) ?? offered[0];
  const register = useMutation({
    // Everybody who signed has a case of his own, joined to the first: his own number, page, answer and confirmation. Once the
    // first has his, the others never keep it from being told: whoever could not be registered is left with the reason.
    mutationFn: async ({ body, others }: { body: RegisterBody; others: readonly NextSigner[] }) => {
      const seen = await ask<CaseView>('/cases', { method: 'POST', body, key: draft.key });
      const { joint, left } = await registerSigners({ id: seen.id, number: seen.number }, others);
      keepLeft(personId, [...keptLeft(personId), ...left]);
      // Should this fail, the call stands among those without a case until somebody binds it.
      if (draft.callId !== null) await settleCall(draft.callId, { case: seen.id }).catch(() => undefined);
      return { seen, joint };
    },
    onSuccess: ({ seen, joint }) => onDone(seen, now() - draft.openedAt, joint),
    onError: () => requestAnimationFrame(() => focusFirstFault(form.current)),
  });
  useEffect(() => form.current?.querySelector<HTMLElement>('input')?.focus(), []);
  if (!chosen) return null;
  const channels = channelsOf(chosen.pack);
  const channel =
    channels.find(([name]) => name === draft.channel)?.[0] ??
    channels.find(([name]) => name === 'phone')?.[0] ??
    channels[0]?.[0];
  const fields = chosen.spec.intake.fields;
  const scan = channel === undefined ? undefined : chosen.pack.channels[channel]?.scan;
  const onPaper = scan !== undefined && fields[scan] !== undefined;
  const { signers, unread } = readSigners(onPaper ? draft.signers : '');
  const values: WireValues = { ...(fields.occurredAt ? { occurredAt: wire(draft.openedAt) } : {}), ...draft.values };
  const scope = scopeOf(chosen.pack, null, values, {
    channel: channel ?? '',
    matter: chosen.matter,
    procedure: chosen.procedure,
  });
  const around: Around = { pack: chosen.pack, procedure: chosen.procedure, caseId: null, step: null, scope, lang, say };
  const change = (part: Partial<Draft>) => {
    const next = { ...draft, ...part };
    setDraft(next);
    keepDraft(personId, next);
    // After a refusal the next attempt is another wish; after silence it is the same one.
    if (register.error instanceof Problem) setDraft({ ...next, key: newKey() });
  };
  const set = (name: string, value: WireValue | undefined) => {
    const { [name]: _, ...rest } = draft.values;
    change({ values: value === undefined ? rest : { ...rest, [name]: value } });
  };
  const faults = register.error instanceof Problem ? register.error.byField : {};
  const changePack = (name: string) => {
    rememberPack(personId, name);
    change({ pack: name, matter: null, channel: null, values: carriedOver(draft.values) });
  };
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    if (register.isPending || channel === undefined || unread.length > 0) return;
    const known = Object.entries(values).filter(([name]) => fields[name] && isShown(fields[name], scope));
    const arrived = onPaper && draft.arrivedAt !== null ? `${draft.arrivedAt}:00+08:00` : null;
    const body: RegisterBody = {
      pack: chosen.pack.pack,
      matter: chosen.matter,
      channel,
      receivedAt: arrived ?? exact(Math.min(draft.openedAt, now())),
      values: Object.fromEntries(known),
      ...(ties.incident === null ? {} : { incident: ties.incident }),
    };
    const files = new Set(Object.keys(fields).filter((name) => fields[name]?.type === 'attachments'));
    // The sheet itself lies with the first case; nobody answers for another's e-mail address.
    const shared = known.filter(([name]) => !files.has(name) && name !== 'contactEmail');
    // Where he lives, if the procedure asks for it; else where the matter is.
    const places = Object.keys(fields).filter((name) => fields[name]?.type === 'place');
    const home = places.find((name) => fields[name]?.personal) ?? places[0];
    const common = { ...body, values: Object.fromEntries(shared) };
    const others = signers.map((signer, n) => ({
      ...signer,
      key: `${draft.key}.${n + 2}`,
      body: common,
      home: home ?? null,
    }));
    register.mutate({ body: ties.joins === null ? body : { ...body, joins: ties.joins.caseId }, others });
  };
  const onKeyDown = (event: KeyboardEvent<HTMLFormElement>) => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
    // What Enter has just picked from a list is settled; any other use of it belongs to the field alone.
    if (event.defaultPrevented && !(event.target instanceof HTMLElement && event.target.role === 'combobox')) return;
    if (event.ctrlKey || event.metaKey) submit(event);
    else if (event.target instanceof HTMLInputElement) {
      event.preventDefault();
      focusNext(form.current, event.target);
    }
  };
  // The scan stands with the paper it is of.
  const parts = layout(Object.fromEntries(Object.entries(fields).filter(([name]) => !onPaper || name !== scan)));
  const draw = (name: string) => {
    const known = fields[name];
    const spec = known && onPaper && name === scan ? { ...known, required: true } : known;
    if (!spec || !isShown(spec, scope)) return null;
    return (
      <Field
        key={name}
        name={name}
        spec={spec}
        value={values[name]}
        fault={faults[name]}
        around={around}
        onChange={set}
      >
        {name === 'contactPhone'
          ? (id, describedBy) => (
              <CallerBox
                id={id}
                describedBy={describedBy}
                invalid={faults[name] !== undefined}
                value={values[name]}
                onPhone={(phone) => set(name, phone)}
                onCaller={(caller) =>
                  change({
                    values: {
                      ...draft.values,
                      ...(fields.place ? { place: { premisesId: caller.premisesId, text: caller.place } } : {}),
                    },
                  })
                }
              />
            )
          : undefined}
      </Field>
    );
  };
  return (
    <form className="intake" ref={form} onSubmit={submit} onKeyDown={onKeyDown} noValidate>
      <FormHead
        openedAt={draft.openedAt}
        channels={channels}
        channel={channel}
        onPaper={onPaper}
        onChannel={(name) => change({ channel: name })}
      />
      {aside}
      {restored && now() - start.openedAt > MINUTE / 60 && (
        <p className="note small" role="status">
          <Icon name="note" size={16} />
          {say(w.restored)}
        </p>
      )}
      {onPaper && (
        <PaperPart
          draft={draft}
          joint={!chosen.spec.internal && fields.contactName !== undefined && fields.contactPhone !== undefined}
          fault={faults.receivedAt === undefined ? undefined : say(faults.receivedAt)}
          onChange={change}
        >
          {draw(scan)}
        </PaperPart>
      )}
      <section className="card form-grid" aria-label={say(w.who)}>
        {parts.who.map(draw)}
      </section>
      {packs.length > 1 && <PackPick packs={packs} value={chosen.pack.pack} onChange={changePack} />}
      <MatterPick matters={offered} value={chosen.matter} onChange={(matter) => change({ matter })} />
      <section className="card form-grid" aria-label={say(w.what)}>
        {parts.what.map(draw)}
      </section>
      <AlikeBox
        words={typeof values.content === 'string' ? values.content : ''}
        place={values.place}
        ties={ties}
        onTies={setTies}
      />
      {parts.more.length > 0 && (
        <section className="card form-grid" aria-label={say(w.more)}>
          {parts.more.map(draw)}
        </section>
      )}
      <FormEnd
        error={register.error}
        placed={Object.keys(faults).length > 0}
        pending={register.isPending}
        onClear={onClear}
      />
    </form>
  );
}
