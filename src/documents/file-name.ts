const LONGEST = 100;
// Path signs, what Windows forbids, quotes that would end a header, control and direction characters.
const UNWANTED = /[<>:"/\\|?*%;]|\p{Cc}|\p{Cf}|\p{Zl}|\p{Zp}|\p{Co}|\p{Cn}/gu;

/** A file name fit for every system: last part of a path, no signs with a meaning, the ending of its true type. */
export function cleanName(declared: string, ending: string): string {
  const last = declared.toWellFormed().normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const stem = last
    .replace(UNWANTED, ' ')
    .replace(/\.[A-Za-z0-9]{1,8}$/, '')
    .replace(/\s+/g, ' ')
    .replace(/^[.\s]+|[.\s]+$/g, '');
  const short = [...stem].slice(0, LONGEST).join('').trim();
  // Names of devices on Windows.
  const safe = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i.test(short) ? `_${short}` : short;
  return `${safe || '附件'}.${ending}`;
}
