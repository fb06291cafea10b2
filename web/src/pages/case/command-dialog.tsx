import type { ComponentType } from 'react';
import { useState } from 'react';
import { useCommand } from '../../api/case.ts';
import { newKey } from '../../api/client.ts';
import type { AllowedCommandView, CommandBody } from '../../api/contract.ts';
import { Problem } from '../../api/problem.ts';
import { Dialog } from '../../kit/dialog.tsx';
import { Conflict } from './conflict.tsx';
import { AcceptForm, DeclineForm, GrabForm } from './dispatch-forms.tsx';
import { MoveForm } from './move-form.tsx';
import { NoteForm } from './note-form.tsx';
import { ReassignForm } from './reassign-form.tsx';
import type { Sight } from './sight.ts';
import { StepForm } from './step-form.tsx';

export interface CommandFormProps {
  sight: Sight;
  allowed: AllowedCommandView;
  error: unknown;
  pending: boolean;
  onSubmit(body: CommandBody): void;
}

const FORMS: Record<AllowedCommandView['command'], ComponentType<CommandFormProps>> = {
  take: StepForm,
  reassign: ReassignForm,
  grab: GrabForm,
  accept: AcceptForm,
  decline: DeclineForm,
  annotate: NoteForm,
  move: MoveForm,
  register: StepForm,
};

/** One act in its own drawer. It remembers up to which entry the person has looked, and says so when it sends. */
export function CommandDialog({
  sight,
  allowed,
  onClose,
}: {
  sight: Sight;
  allowed: AllowedCommandView;
  onClose(): void;
}) {
  const command = useCommand(sight.seen.id);
  const [seen, setSeen] = useState(sight.seen.seq);
  const [key, setKey] = useState(newKey);
  const [sent, setSent] = useState<CommandBody | null>(null);
  const Form = FORMS[allowed.command];
  const changed = command.error instanceof Problem && command.error.body.status === 412 ? command.error.body : null;
  const send = (body: CommandBody, upTo: number) => {
    setSent(body);
    // After a refusal this is another wish; after silence it is the same one and must carry the same key.
    const next = command.error instanceof Problem ? newKey() : key;
    setKey(next);
    command.mutate({ body, seen: upTo, key: next }, { onSuccess: onClose });
  };
  const look = (): number => {
    const upTo = changed?.seq ?? sight.seen.seq;
    setSeen(upTo);
    return upTo;
  };
  return (
    <>
      <Dialog shape="side" title={`${sight.say(allowed.title)} · ${sight.seen.number}`} onClose={onClose}>
        <Form
          sight={sight}
          allowed={allowed}
          error={changed ? null : command.error}
          pending={command.isPending}
          onSubmit={(body) => send(body, seen)}
        />
      </Dialog>
      {changed && sent && (
        <Conflict
          changes={changed.changes ?? []}
          onGo={() => send(sent, look())}
          onBack={() => {
            look();
            command.reset();
          }}
          onDrop={onClose}
        />
      )}
    </>
  );
}
