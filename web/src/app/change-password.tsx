import { Dialog } from '../kit/dialog.tsx';
import { useSpeech } from '../words/lang.tsx';
import { PasswordForm } from './password-form.tsx';
import { w } from './words.ts';

/** One's own password, from the account menu. */
export default function ChangePassword({ onClose }: { onClose(): void }) {
  const { say } = useSpeech();
  return (
    <Dialog title={say(w.password)} onClose={onClose}>
      <PasswordForm onDone={onClose} />
    </Dialog>
  );
}
