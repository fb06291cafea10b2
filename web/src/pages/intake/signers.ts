/** Somebody else who signed the same letter. */
export interface Signer {
  name: string;
  phone: string;
  place: string;
}

const PHONE = /^\+?[\d-]{7,20}$/;

/**
 * Reads the fellow signers, one a line: name, telephone, room, apart by spaces, commas or tabs, the telephone anywhere. Lines without a
 * name or a telephone are answered as they were written: nobody who signed may be left without an answer.
 */
export function readSigners(text: string): { signers: Signer[]; unread: string[] } {
  const signers: Signer[] = [];
  const unread: string[] = [];
  for (const line of text.split('\n').map((each) => each.trim())) {
    if (line === '') continue;
    const parts = line.split(/[\s,，、;；]+/).filter((part) => part !== '');
    const phone = parts.find((part) => PHONE.test(part));
    const [name, ...rest] = parts.filter((part) => part !== phone);
    if (name === undefined || phone === undefined) unread.push(line);
    else signers.push({ name, phone, place: rest.join(' ') });
  }
  return { signers, unread };
}
