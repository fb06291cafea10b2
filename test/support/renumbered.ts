/** The head of a pack under another number, its newest note being that of this number. */
export function renumbered(head: string, version: string): string {
  const own = /^version: (\S+)$/m.exec(head)?.[1] ?? '';
  return head.replaceAll(`version: ${own}`, `version: ${version}`);
}
